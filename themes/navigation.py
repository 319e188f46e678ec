"""The menus of a page: the topics, and the pages marked for menus, in the language spoken now."""

from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Site

from articles.languages.available import active_language
from articles.languages.models import PageLanguage
from articles.languages.redirects import public_path

#: Page types whose headline is fetched with the menu, in one query.
TYPES = (
    "diptych_topicpage",
    "diptych_articleindexpage",
    "diptych_topicindexpage",
    "diptych_authorindexpage",
    "diptych_seriespage",
    "diptych_standardpage",
)


@dataclass(frozen=True)
class Entry:
    """``tree_path`` is where the page stands in the tree, ``is_shown`` whether menus have it."""

    headline: str
    url: str
    tree_path: str
    is_topic: bool
    is_shown: bool
    is_current: bool


@dataclass(frozen=True)
class Navigation:
    home_url: str
    entries: tuple = ()

    @property
    def topics(self):
        return [entry for entry in self.entries if entry.is_topic]

    @property
    def sections(self):
        return [entry for entry in self.entries if entry.is_shown and not entry.is_topic]


def navigation_for(request):
    """The :class:`Navigation` of the site of ``request``; one query for each request."""
    if not hasattr(request, "_diptych_navigation"):
        request._diptych_navigation = _make(request)
    return request._diptych_navigation


def _make(request):
    site = Site.find_for_request(request)
    if site is None:
        return Navigation("/")
    language = active_language()
    roots = (each for each in Site.get_site_root_paths() if each.site_id == site.pk)
    root = next(roots, None)
    if root is None:
        return Navigation("/")
    entries = (_entry(row, language, root, request.path) for row in _rows(site, language))
    home_url = public_path(language, root.root_path, root)
    return Navigation(home_url, tuple(entry for entry in entries if entry.headline))


def _rows(site, language):
    """The rows of topics, of pages in menus, and of all that lie on the way to other pages."""
    home = site.root_page
    is_listed = Q(page__show_in_menus=True) | Q(page__numchild__gt=0)
    sections = Q(page__depth=home.depth + 1) & is_listed
    return (
        PageLanguage.objects.visible_in(language)
        .filter(page__path__startswith=home.path, page__depth__gt=home.depth)
        .filter(Q(page__diptych_topicpage__isnull=False) | sections)
        .select_related(*(f"page__{name}" for name in TYPES))
        .order_by("page__path")
    )


def _entry(row, language, root, path):
    url = public_path(language, row.url_path, root)
    return Entry(
        headline=page_of(row).text_in("headline", language),
        url=url,
        tree_path=row.page.path,
        is_topic=getattr(row.page, "diptych_topicpage", None) is not None,
        is_shown=row.page.show_in_menus,
        is_current=path.startswith(url),
    )


def page_of(row):
    """The page of a row that was fetched with ``TYPES``, as what it is."""
    kinds = (getattr(row.page, name, None) for name in TYPES)
    return next((page for page in kinds if page), None) or row.page.specific
