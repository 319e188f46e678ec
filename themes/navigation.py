"""The menus of a page: the topics, and the pages marked for menus, in the language spoken now."""

from dataclasses import dataclass

from django.db.models import CharField, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Page, Site

from articles.languages.available import active_language, column
from articles.languages.models.page_language import PageLanguage
from articles.languages.redirects import public_path, root_of
from articles.models import TopicPage

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
    root = root_of(site)
    if root is None:
        return Navigation("/")
    language = active_language()
    rows = list(_rows(site, language))
    headlines = _headlines_of_other_types(rows, language)
    entries = (_entry(row, headlines, language, root, request.path) for row in rows)
    home_url = public_path(language, root.root_path, root)
    return Navigation(home_url, tuple(entry for entry in entries if entry.headline))


def _rows(site, language):
    """The topics, the pages in menus, and all that lie on the way to other pages.

    Only what menus show is fetched, as this is part of every page.
    """
    home = site.root_page
    headlines = [_of_type(name, column("headline", language)) for name in TYPES]
    return (
        PageLanguage.objects.visible_in(language)
        .filter(page__in=_listed(home))
        .annotate(
            path=F("page__path"),
            is_shown=F("page__show_in_menus"),
            topic=_of_type("diptych_topicpage", "pk"),
            headline=Coalesce(*headlines, output_field=CharField()),
        )
        .order_by("page__path")
        .values_list("page_id", "url_path", "path", "is_shown", "topic", "headline", named=True)
    )


def _of_type(name, field):
    """What a page says in a field of its type; a join with every type confuses PostgreSQL."""
    model = Page._meta.get_field(name).related_model
    return Subquery(model.objects.filter(pk=OuterRef("page_id")).order_by().values(field)[:1])


def _listed(home):
    """The ids of the pages below ``home`` that a menu may list.

    Each kind is looked for by itself: an ``OR`` would go through all pages for every page.
    """
    below = Page.objects.filter(path__startswith=home.path)
    is_listed = Q(show_in_menus=True) | Q(numchild__gt=0)
    sections = below.filter(is_listed, depth=home.depth + 1)
    topics = TopicPage.objects.filter(path__startswith=home.path, depth__gt=home.depth)
    return sections.order_by().values("pk").union(topics.order_by().values("pk"), all=True)


def _headlines_of_other_types(rows, language):
    """By page, the headlines of those whose type is not one of ``TYPES``."""
    others = [row.page_id for row in rows if row.headline is None]
    pages = Page.objects.filter(pk__in=others).specific() if others else []
    return {page.pk: page.text_in("headline", language) for page in pages}


def _entry(row, headlines, language, root, path):
    url = public_path(language, row.url_path, root)
    return Entry(
        headline=headlines.get(row.page_id, row.headline),
        url=url,
        tree_path=row.path,
        is_topic=row.topic is not None,
        is_shown=row.is_shown,
        is_current=path.startswith(url),
    )


def page_of(row):
    """The page of a row that was fetched with ``TYPES``, as what it is."""
    kinds = (getattr(row.page, name, None) for name in TYPES)
    return next((page for page in kinds if page), None) or row.page.specific
