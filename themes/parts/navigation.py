"""The menus of a site in the active language: some topics and the pages marked for menus."""

from dataclasses import dataclass, replace
from functools import partial

from django.db.models import CharField, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import get_script_prefix
from wagtail.models import Page

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.languages.config.language_config import active_language, column
from diptych.articles.languages.config.wagtail_compat import paths_of_children
from diptych.articles.languages.index.compiled import instances_of
from diptych.articles.languages.index.privacy import branch_range
from diptych.articles.languages.index.sites import root_path_above, site_of
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
    """The entries of the menus; ``has_more_topics`` is true if some topics are not included.

    ``topic_ids`` are the ids of those that are.
    """

    home_url: str
    entries: tuple = ()
    has_more_topics: bool = False
    topic_ids: tuple = ()

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


#: What menus are made of, and the topics with most articles, by site and language.
_places, _largest = TaggedCache(), TaggedCache()


def _make(request):
    site = site_of(request)
    if site is None:
        return Navigation("/")
    language, path = active_language(), request.path
    key = (site.pk, language, get_script_prefix())
    home_url, entries = _places.get(key, ("menu",), lambda: _read(site, language))
    topics = [pk for pk, entry in entries.items() if entry.is_topic]
    chosen = JournalSettings.for_request(request).menu_topic_ids
    in_menu = [pk for pk in dict.fromkeys(chosen) if pk in topics] or topics
    if in_menu is topics and len(topics) > MOST_TOPICS:
        make = partial(_with_most_articles, topics, site.root_page, language)
        in_menu = _largest.get(key, ("menu", f"list:{language}"), make)
    others = (entry for entry in entries.values() if not entry.is_topic)
    shown = (*others, *(entries[pk] for pk in in_menu))
    shown = (
        replace(entry, is_current=True) if path.startswith(entry.url) else entry for entry in shown
    )
    return Navigation(home_url, tuple(shown), len(in_menu) < len(topics), tuple(in_menu))


def _read(site, language):
    """The home URL of ``site``, and the entries that its menu may have by ids of pages.

    These are in tree order. What templates show of them changes with no article: a section that
    has an entry for its first article alone is in no menu.
    """
    root = root_of(site)
    if root is None:
        return "/", {}
    rows = _rows(site, language)
    headlines = _headlines_of_other_types(rows, language)
    entries = {row.page_id: _entry(row, headlines, language, root) for row in rows}
    entries = {pk: entry for pk, entry in entries.items() if entry.headline}
    return public_path(language, root.root_path, root), entries


def _with_most_articles(topics, home, language):
    """The ids among ``topics`` for a menu of which the journal has chosen none, in tree order."""
    counted = instances_of(PageLanguage, _counted, (root_path_above(home), language), topics)
    counts = {row.page_id: row.article_count for row in counted}
    most = sorted(topics, key=lambda pk: -counts.get(pk, 0))[:MOST_TOPICS]
    return [pk for pk in topics if pk in most]


def _counted(root_path, language, *topics):
    """The rows of ``topics``, with ``article_count``; without the objects of pages, which cost."""
    counted = TopicPage.objects.filter(pk=OuterRef("page")).order_by()
    counted = counted.with_article_counts_below(root_path, language).values("article_count")
    rows = PageLanguage.objects.filter(language=language, page__in=topics).only("page_id")
    return rows.annotate(article_count=Subquery(counted))


def _rows(site, language):
    """The rows of the visible pages among those of :func:`_listed`, in tree order.

    They have the attributes that :class:`Entry` takes, as every page needs them. No index has the
    depth of pages: to look for it, a database reads all pages below the front page. So its children
    are found by the paths they may have, unless these are too many.
    """
    home = site.root_page
    level = home.depth + 1
    below = instances_of(Page, _last_below, (), (home.path, level))
    paths = paths_of_children(home, below[0].path) if below else []
    paths = paths if len(paths) <= MOST_PATHS else []
    return instances_of(PageLanguage, _shown, (language,), (home.path, level, *paths))


def _last_below(root, level):
    below = Page.objects.filter(path__range=branch_range(root), depth__gte=level)
    return below.order_by("-path").only("path")[:1]


def _shown(language, root, level, *paths):
    headlines = [_of_type(name, column("headline", language)) for name in TYPES]
    return (
        PageLanguage.objects.visible_in(language)
        .filter(page__in=_listed(root, level, paths))
        .annotate(
            path=F("page__path"),
            is_shown=F("page__show_in_menus"),
            topic=_of_type("diptych_topicpage", "pk"),
            prints=_of_type("diptych_printissueindexpage", "pk"),
            lists_topics=_of_type("diptych_topicindexpage", "pk"),
            headline=Coalesce(*headlines, output_field=CharField()),
        )
        .order_by("page__path")
        .only("page_id", "url_path")
    )


def _of_type(name, field):
    """A subquery for ``field`` of the page type ``name``.

    PostgreSQL plans subqueries better than a join with the table of every type.
    """
    model = Page._meta.get_field(name).related_model
    return Subquery(model.objects.filter(pk=OuterRef("page_id")).order_by().values(field)[:1])


def _listed(root, level, paths):
    """The primary keys of the topics, and of the sections in menus or with pages below them.

    ``level`` is the depth of the sections, ``paths`` are their paths if they are known. Two queries
    in a union, as an ``OR`` of both conditions would scan all pages.
    """
    below = Page.objects.filter(path__range=branch_range(root), depth=level)
    sections = Page.objects.filter(path__in=paths) if paths else below
    sections = sections.filter(Q(show_in_menus=True) | Q(numchild__gt=0))
    topics = TopicPage.objects.filter(path__startswith=root, depth__gte=level)
    return sections.order_by().values("pk").union(topics.order_by().values("pk"), all=True)


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
        is_shown=bool(row.is_shown),
        is_print=row.prints is not None,
        is_topics=row.lists_topics is not None,
    )


def specific_page_of(row):
    """The specific page of ``row``, which was selected with the relations ``TYPES``."""
    kinds = (getattr(row.page, name, None) for name in TYPES)
    return next((page for page in kinds if page), None) or row.page.specific
