"""The menus of a site in the active language: some topics and the pages marked for menus."""

from dataclasses import dataclass, replace

from django.db.models import CharField, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import get_script_prefix
from wagtail.models import Page, Site

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.languages.config.language_config import active_language, column
from diptych.articles.languages.config.wagtail_compat import paths_of_children
from diptych.articles.languages.index.privacy import branch_range
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.public_urls import public_path, root_of
from diptych.articles.models import JournalSettings, TopicPage

#: The page types whose headlines are fetched in the query of the menu.
TYPES = (
    "diptych_topicpage",
    "diptych_articleindexpage",
    "diptych_topicindexpage",
    "diptych_authorindexpage",
    "diptych_seriespage",
    "diptych_printissueindexpage",
    "diptych_standardpage",
)
#: Topics in the menu where the journal has chosen none.
MOST_TOPICS = 7
#: With more places than this below the front page, its pages are not looked for one by one.
MOST_PATHS = 500


@dataclass(frozen=True)
class Entry:
    """A visible page. ``tree_path`` is its treebeard path; ``is_shown`` is "Show in menus".

    ``is_current`` is true if the request is for it or for a page below it, ``is_print`` if it lists
    print issues, ``is_topics`` if it lists the topics.
    """

    headline: str
    url: str
    tree_path: str
    is_topic: bool
    is_shown: bool
    is_print: bool = False
    is_topics: bool = False
    is_current: bool = False


@dataclass(frozen=True)
class Navigation:
    """The entries of the menus; ``has_more_topics`` is true if some topics are not included."""

    home_url: str
    entries: tuple = ()
    has_more_topics: bool = False

    def within(self, url):
        """The navigation of a page that belongs to the entry at ``url``, if there is one."""
        if url not in [entry.url for entry in self.entries]:
            return self
        entries = (replace(entry, is_current=entry.url == url) for entry in self.entries)
        return replace(self, entries=tuple(entries))

    @property
    def current(self):
        """The URLs of the entries for the page or above it."""
        return tuple(entry.url for entry in self.entries if entry.is_current)

    @property
    def topics(self):
        return [entry for entry in self.entries if entry.is_topic]

    @property
    def all_topics(self):
        """The list of topics, if some of them are not in the menu."""
        lists = (entry for entry in self.entries if entry.is_topics)
        return next(lists, None) if self.has_more_topics else None

    @property
    def sections(self):
        """The pages marked for menus, without one that :attr:`all_topics` leads to."""
        shown = (entry for entry in self.entries if entry.is_shown and not entry.is_topic)
        return [entry for entry in shown if entry != self.all_topics]

    @property
    def print_issues(self):
        """The lists of print issues that are in no menu."""
        return [entry for entry in self.entries if entry.is_print and not entry.is_shown]


def navigation_for(request):
    """The :class:`Navigation` of the site of ``request``, cached on the request."""
    if not hasattr(request, "_diptych_navigation"):
        request._diptych_navigation = _make(request)
    return request._diptych_navigation


#: The home URL and entries by site and language.
_menus = TaggedCache()


def _make(request):
    site = Site.find_for_request(request)
    if site is None:
        return Navigation("/")
    language = active_language()
    key = (site.pk, language, get_script_prefix())
    chosen = JournalSettings.for_request(request).menu_topic_ids
    tags = ("menu", "settings", f"list:{language}")
    menu = _menus.get(key, tags, lambda: _read(site, language, chosen))
    path = request.path
    entries = tuple(
        replace(entry, is_current=True) if path.startswith(entry.url) else entry
        for entry in menu.entries
    )
    return replace(menu, entries=entries)


def _read(site, language, chosen):
    """The :class:`Navigation` of ``site`` for no request in particular.

    ``chosen`` are the ids of the topics that the journal wants in it.
    """
    root = root_of(site)
    if root is None:
        return Navigation("/")
    rows = list(_rows(site, language))
    headlines = _headlines_of_other_types(rows, language)
    entries = {row.page_id: _entry(row, headlines, language, root) for row in rows}
    entries = {pk: entry for pk, entry in entries.items() if entry.headline}
    topics = [pk for pk, entry in entries.items() if entry.is_topic]
    in_menu = _topics_in_menu(topics, chosen, site.root_page, language)
    others = (entry for entry in entries.values() if not entry.is_topic)
    return Navigation(
        public_path(language, root.root_path, root),
        (*others, *(entries[pk] for pk in in_menu)),
        len(in_menu) < len(topics),
    )


def _topics_in_menu(topics, chosen, home, language):
    """The ids among ``topics``, in tree order, for the menu in ``language``.

    These are the ``chosen`` ones in their order; if there are none, those with most articles.
    """
    in_order = [pk for pk in dict.fromkeys(chosen) if pk in topics]
    if in_order or len(topics) <= MOST_TOPICS:
        return in_order or topics
    counted = TopicPage.objects.filter(pk__in=topics).order_by()
    counts = dict(counted.with_article_counts(home, language).values_list("pk", "article_count"))
    most = sorted(topics, key=lambda pk: -counts.get(pk, 0))[:MOST_TOPICS]
    return [pk for pk in topics if pk in most]


def _rows(site, language):
    """The rows of the visible pages among :func:`_listed`, in tree order.

    Only the columns of :class:`Entry` are fetched, as every page needs them.
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
            prints=_of_type("diptych_printissueindexpage", "pk"),
            lists_topics=_of_type("diptych_topicindexpage", "pk"),
            headline=Coalesce(*headlines, output_field=CharField()),
        )
        .order_by("page__path")
        .values_list(
            *("page_id", "url_path", "path", "is_shown", "topic", "prints", "lists_topics"),
            "headline",
            named=True,
        )
    )


def _of_type(name, field):
    """A subquery for ``field`` of the page type ``name``.

    PostgreSQL plans subqueries better than a join with the table of every type.
    """
    model = Page._meta.get_field(name).related_model
    return Subquery(model.objects.filter(pk=OuterRef("page_id")).order_by().values(field)[:1])


def _listed(home):
    """The primary keys of the topics, and of the sections in menus or with pages below them.

    Two queries in a union, as an ``OR`` of both conditions would scan all pages.
    """
    sections = _children(home).filter(Q(show_in_menus=True) | Q(numchild__gt=0))
    topics = TopicPage.objects.filter(path__startswith=home.path, depth__gt=home.depth)
    return sections.order_by().values("pk").union(topics.order_by().values("pk"), all=True)


def _children(home):
    """The pages directly below ``home``, found by the paths they may have.

    No index has the depth of pages: to look for it, a database reads all pages below ``home``.
    """
    below = Page.objects.filter(path__range=branch_range(home.path), depth__gt=home.depth)
    last = below.order_by("-path").values_list("path", flat=True).first()
    paths = paths_of_children(home, last) if last else []
    if len(paths) > MOST_PATHS:
        return below.filter(depth=home.depth + 1)
    return Page.objects.filter(path__in=paths)


def _headlines_of_other_types(rows, language):
    """Headlines by primary key of the pages whose type is not one of ``TYPES``."""
    others = [row.page_id for row in rows if row.headline is None]
    pages = Page.objects.filter(pk__in=others).specific() if others else []
    return {page.pk: page.text_in("headline", language) for page in pages}


def _entry(row, headlines, language, root):
    return Entry(
        headline=headlines.get(row.page_id, row.headline),
        url=public_path(language, row.url_path, root),
        tree_path=row.path,
        is_topic=row.topic is not None,
        is_shown=row.is_shown,
        is_print=row.prints is not None,
        is_topics=row.lists_topics is not None,
    )


def specific_page_of(row):
    """The specific page of ``row``, which was selected with the relations ``TYPES``."""
    kinds = (getattr(row.page, name, None) for name in TYPES)
    return next((page for page in kinds if page), None) or row.page.specific
