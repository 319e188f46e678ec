"""The way from the front page to a page, in the language spoken now."""

from dataclasses import dataclass

from wagtail.models import Site

from articles.languages.available import active_language
from articles.languages.models.page_language import PageLanguage
from articles.languages.redirects import public_path, root_of
from themes.navigation import TYPES, navigation_for, page_of


@dataclass(frozen=True)
class Step:
    """``url`` has no host."""

    headline: str
    url: str


def trail_to(page, request):
    """The :class:`Step` of each page above ``page`` that can be read, the highest first.

    The front page is left out: it leads every trail and is called what the journal is. The
    sections right below it are known from the menus; only what lies deeper costs a query.
    """
    site = Site.find_for_request(request)
    if site is None or not page.path.startswith(site.root_page.path):
        return []
    first, length, step = len(site.root_page.path), len(page.path), page.steplen
    above = [page.path[:end] for end in range(first + step, length, step)]
    known = {entry.tree_path: entry for entry in navigation_for(request).entries}
    steps = [Step(known[path].headline, known[path].url) for path in above[:1] if path in known]
    return steps + (_steps_at(above[1:], site) if len(above) > 1 else [])


def _steps_at(paths, site):
    root = root_of(site)
    language = active_language()
    rows = (
        PageLanguage.objects.visible_in(language)
        .filter(page__path__in=paths)
        .select_related(*(f"page__{name}" for name in TYPES))
        .order_by("page__path")
    )
    return [
        Step(page_of(row).text_in("headline", language), public_path(language, row.url_path, root))
        for row in rows
        if root is not None
    ]
