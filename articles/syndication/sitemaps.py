"""Sitemaps, news sitemap and robots.txt."""

from datetime import datetime, timedelta
from functools import cache, reduce
from html import escape
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import DateTimeField, Max, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce, Mod, RowNumber
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import http_date
from django.utils.translation import override
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page, Site

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.languages.config.language_config import (
    available_languages,
    column,
    default_language,
)
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.index.sites import absolute, site_of
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.routes.hosts import languages_at, root_in
from diptych.articles.languages.routes.middleware import language_independent
from diptych.articles.languages.routes.other_pages import project_language
from diptych.articles.languages.routes.prefixes import has_entrance
from diptych.articles.languages.routes.public_urls import (
    public_path,
    root_of,
    url_of_view,
)
from diptych.articles.lists import archive
from diptych.articles.lists.article_lists import ArticleList
from diptych.articles.lists.open_languages import is_open_in
from diptych.articles.lists.pagination import visible
from diptych.articles.models import (
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    JournalSettings,
    PrintIssueIndexPage,
    PrintIssuePage,
    TopicIndexPage,
    TopicPage,
)
from diptych.articles.models.listed import ListedArticle
from diptych.articles.syndication.feeds.formats import printable
from diptych.articles.syndication.feeds.overview import OVERVIEW

#: The first page of each part of a sitemap.
_starts = TaggedCache()
#: The types of pages that list pages below them, with the type of these.
INDEXES = {
    TopicIndexPage: TopicPage,
    AuthorIndexPage: AuthorPage,
    PrintIssueIndexPage: PrintIssuePage,
}


class LanguageSitemap(Sitemap):
    """Every visible page in every language, with its alternates, in parts.

    An alias is left out if its original is in the sitemap of this or another site. Pages of types
    with a ``get_sitemap_urls`` of their own are asked for it.
    """

    #: Pages in one part, each with an address per language.
    limit = 1000
    latest_change = None

    def __init__(self, request=None, site=None):
        super().__init__(request)
        self.site = site

    def get_wagtail_site(self):
        return self.site or super().get_wagtail_site()

    def items(self):
        """The pages as base :class:`Page`, without fields of their types."""
        pages = self.get_wagtail_site().root_page.get_descendants(inclusive=True).live().public()
        originals = _listed_originals()
        pages = pages.exclude(alias_of__in=originals) if originals else pages
        return pages.order_by("pk")

    @cached_property
    def starts(self):
        """The primary key at which each part begins; kept in memory until pages change."""
        key = (self.get_wagtail_site().pk, self.limit)
        return _starts.get(key, ["list:any", "page:any"], self._find_starts)

    def _find_starts(self):
        numbered = self.items().annotate(number=Window(RowNumber(), order_by="pk"))
        begins = numbered.annotate(place=Mod("number", self.limit)).filter(place=1 % self.limit)
        return list(begins.values_list("pk", flat=True)) or [0]

    def urls_of_part(self, number):
        """The entries of one part; raises ``KeyError`` if there is none."""
        starts = dict(enumerate(self.starts, start=1))
        pages = self.items().filter(pk__gte=starts[number])
        pages = pages.filter(pk__lt=starts[number + 1]) if number + 1 in starts else pages
        by_type, rows, found = {}, {}, {}
        for pk, content_type in pages.values_list("pk", "content_type_id"):
            by_type.setdefault(content_type, []).append(pk)
        keys = [pk for each in by_type.values() for pk in each]
        for row in PageLanguage.objects.visible().filter(page__in=keys):
            rows.setdefault(row.page_id, {})[row.language] = row
        for content_type, keys in by_type.items():
            found |= self._urls_by_type(ContentType.objects.get_for_id(content_type), keys, rows)
        urls = [url for pk in sorted(found) for url in found[pk]]
        # A page of another type may give a date, which cannot be compared with a datetime.
        changes = [url["lastmod"] for url in urls if isinstance(url.get("lastmod"), datetime)]
        self.latest_change = max(changes, default=None)
        return urls

    def _urls_by_type(self, content_type, keys, rows):
        """The entries of pages of one type, by primary key."""
        model = content_type.model_class() or Page
        if getattr(model, "get_sitemap_urls", None) is MultilingualPageMixin.get_sitemap_urls:
            return self._urls_by_rows(model, keys, rows)
        pages = model._default_manager.filter(pk__in=keys).order_by()
        if issubclass(model, MultilingualPageMixin):
            pages = pages.with_addresses()
        elif self._are_others_elsewhere:
            return {}
        with override(project_language()):
            return {page.pk: page.get_sitemap_urls(self.request) for page in pages}

    def _urls_by_rows(self, model, keys, rows):
        """The entries of ``get_sitemap_urls`` of language pages, without fetching pages.

        The date of a page that lists articles is that of the newest article; that of a page that
        lists others is their latest.
        """
        languages = tuple(available_languages())
        urls = {}
        for pk, source, *moments in _with_changes(model, languages).filter(pk__in=keys):
            each = len(moments) // len(languages)
            changed = {
                code: max(filter(None, moments[at * each : (at + 1) * each]), default=None)
                for at, code in enumerate(languages)
            }
            urls[pk] = self._urls_of(rows.get(pk, {}), source, changed)
        return urls

    def _urls_of(self, rows, source, changed):
        found = {code: self._address(code, rows[code]) for code in changed if code in rows}
        alternates = [{"lang_code": code, "location": url} for code, url in found.items()]
        if found:
            default = found[source] if source in found else next(iter(found.values()))
            if self._entrance and self._is_front(rows):
                default = self._entrance
            alternates.append({"lang_code": "x-default", "location": default})
        return [
            {"location": url, "lastmod": changed[code], "alternates": alternates}
            for code, url in found.items()
            if code in self._languages
        ]

    @cached_property
    def _entrance(self):
        return entrance_url(self.request)

    @cached_property
    def _front_path(self):
        own = root_of(self.get_wagtail_site())
        return own and own.root_path

    def _is_front(self, rows):
        return next(iter(rows.values())).url_path == self._front_path

    def _address(self, language, row):
        root, start = self._roots[language]
        rest = row.url_path[len(root.root_path) :]
        if rest.isascii():
            return f"{root.root_url}{start}{rest}"
        return f"{root.root_url}{public_path(language, row.url_path, root)}"

    @cached_property
    def _roots(self):
        """Where the site starts, and with which path, by language."""
        own = root_of(self.get_wagtail_site())
        roots = {code: root_in(code, own) for code in available_languages()}
        return {
            code: (root, public_path(code, root.root_path, root)) for code, root in roots.items()
        }

    @cached_property
    def _are_others_elsewhere(self):
        """Whether pages of types without languages are on another host than that of the site."""
        own = root_of(self.get_wagtail_site())
        return root_in(project_language(), own) != own

    @cached_property
    def _languages(self):
        """The languages whose pages are on the host of the site."""
        return languages_at(root_of(self.get_wagtail_site()))


@cache
def _with_changes(model, languages):
    """Primary key, source language and dates of changes of pages of ``model``, as a queryset.

    Building it takes longer than its query.
    """
    dates = [date for code in languages for date in _changes(model, code)]
    return model._default_manager.order_by().values_list("pk", "source_language", *dates)


def _changes(model, code):
    """The dates of changes of pages of ``model`` in a language, for ``values_list``."""
    dates = [_last_change(code)]
    if not issubclass(model, ArticlePage):
        dates.append(_newest_listed(code))
    for index, kind in INDEXES.items():
        if issubclass(model, index):
            dates += [_newest_below(kind, code), _newest_listed_below(kind, code)]
    return dates


def _last_change(code):
    names = (column(name, code) for name in ("updated_at", "first_public_at"))
    return Coalesce(*names, output_field=DateTimeField())


def _newest_below(kind, code):
    """When the last of the pages of a ``kind`` below a page changed."""
    pages = kind.objects.visible_in(code).filter(path__startswith=OuterRef("path")).order_by()
    return Subquery(pages.values("depth").annotate(newest=Max(_last_change(code))).values("newest"))


def _newest_listed_below(kind, code):
    """When the newest article went live that pages of a ``kind`` below a page list."""
    pages = kind.objects.visible_in(code).filter(path__startswith=OuterRef(OuterRef("path")))
    entries = ListedArticle.objects.filter(list__in=pages.order_by().values("pk"), language=code)
    newest = Max(f"article__{column('first_public_at', code)}")
    by_language = entries.order_by().values("language")
    return Subquery(by_language.annotate(newest=newest).values("newest"))


def _newest_listed(code):
    """When the newest article that a page lists, or of which it is the series, went live."""
    moment = column("first_public_at", code)
    entries = ListedArticle.objects.filter(list=OuterRef("pk"), language=code).order_by()
    listed = entries.values("list").annotate(newest=Max(f"article__{moment}"))
    parts = ArticlePage.objects.visible_in(code).filter(series=OuterRef("pk")).order_by()
    in_series = parts.values("series").annotate(newest=Max(moment))
    return Coalesce(Subquery(listed.values("newest")), Subquery(in_series.values("newest")))


def entrance_url(request):
    """The URL of the root, which leads each reader to a language; ``None`` if a page is there."""
    return absolute(reverse("diptych_entrance"), request) if has_entrance() else None


def number_of_parts(site):
    """How many parts the sitemap of ``site`` has."""
    return len(LanguageSitemap(site=site).starts)


def _listed_originals():
    """The primary keys of pages with aliases that are themselves visible on a site."""
    aliases = Page.objects.order_by().filter(alias_of__isnull=False)
    originals = set(aliases.values_list("alias_of", flat=True))
    if not originals:
        return originals
    roots = [root.root_path for root in Site.get_site_root_paths()]
    on_a_site = reduce(or_, (Q(page__url_path__startswith=path) for path in roots))
    rows = PageLanguage.objects.visible().filter(page__in=originals)
    return set(rows.filter(on_a_site).order_by().values_list("page_id", flat=True))


#: Limits of Google News: age and number of articles.
RECENT = timedelta(hours=48)
MOST = 1000


def recent_articles(site, request):
    """``location``, ``title``, ``date``, ``journal`` and ``language`` of each, newest first.

    In every language, by the printed date, also for later translations.
    """
    entries = []
    for language in languages_at(root_of(site)):
        with override(language):
            journal = JournalSettings.for_site(site).name_of(site)
            for article in _recent_in(language, site):
                entries.append(
                    {
                        "location": article.get_full_url(request),
                        "title": printable(article.headline),
                        "date": article.published_at.isoformat(timespec="seconds"),
                        "journal": printable(journal),
                        "language": language,
                    }
                )
    return sorted(entries, key=lambda entry: entry["date"], reverse=True)[:MOST]


def seconds_until_news_differ(site):
    """Until an article leaves the news of ``site`` or enters by its date alone; ``None``: ever."""
    now, moments = timezone.now(), []
    for language in available_languages():
        entries = ArticleList(language, site.root_page_id).entries.order_by("printed_date")
        dates = entries.values_list("printed_date", flat=True)
        leaving = dates.filter(printed_date__gt=now - RECENT, printed_date__lte=now)[:1]
        entering = dates.filter(printed_date__gt=now)[:1]
        moments += [date + RECENT for date in leaving]
        moments += entering
    return (min(moments) - now).total_seconds() if moments else None


def _recent_in(language, site):
    now = timezone.now()
    ids = ArticleList(language, site.root_page_id).dated(now - RECENT, now).ids(0, MOST)
    found = ArticlePage.objects.for_cards().with_addresses().in_bulk(ids)
    return visible(found[pk] for pk in ids if pk in found)


XML = "application/xml"
#: What pages of other types may say of themselves in a sitemap.
HINTS = ("changefreq", "priority")


@language_independent
def sitemap(request):
    """All pages in one sitemap or, above the limit, an index of its parts.

    ``?p=`` selects a part.
    """
    if site_of(request) is None:
        raise Http404
    pages = LanguageSitemap(request)
    part = request.GET.get("p")
    if part is None and len(pages.starts) > 1:
        return _index(request, len(pages.starts))
    try:
        urls = pages.urls_of_part(id_in(part or "1"))
        urls += urls_of_views(request) if part in (None, "1") else []
    except KeyError as error:
        raise Http404 from error
    headers = {"X-Robots-Tag": "noindex"}
    response = HttpResponse(_written(urls), content_type=XML, headers=headers)
    if pages.latest_change:
        response.headers["Last-Modified"] = http_date(pages.latest_change.timestamp())
    return response


def _written(urls):
    """The parts of a sitemap, as Django's template writes it in ten times the time."""
    links, alternates = "", None
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    yield 'xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    for url in urls:
        if url.get("alternates") is not alternates:  # those of a page have the same
            alternates = url.get("alternates")
            links = "".join(map(_link, alternates or ()))
        rest = (f"<{name}>{escape(str(url[name]))}</{name}>" for name in HINTS if url.get(name))
        changed = url.get("lastmod")
        lastmod = f"<lastmod>{_day(changed)}</lastmod>" if changed else ""
        yield f"<url><loc>{escape(url['location'])}</loc>{lastmod}{''.join(rest)}{links}</url>\n"
    yield "</urlset>\n"


def _link(alternate):
    language, location = escape(alternate["lang_code"]), escape(alternate["location"])
    return f'<xhtml:link rel="alternate" hreflang="{language}" href="{location}"/>'


def _day(moment):
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment.isoformat()


def urls_of_views(request):
    """The entries of the archive, of all its years and months, and of the page about feeds, in each
    language in which the journal is open."""
    site, by_view = Site.find_for_request(request), {}
    for language in languages_at(root_of(site)):
        if not is_open_in(language, site):
            continue
        periods = archive.periods_of(language, site.root_page_id)
        views = [(each.view_name, tuple(each.arguments)) for each in periods]
        for view in [(archive.ARCHIVE, ()), (OVERVIEW, ()), *views]:
            url = url_of_view(request, language, *view)
            if url:
                by_view.setdefault(view, {})[language] = absolute(url, request)
    return [entry for urls in by_view.values() for entry in _entries_of_view(urls)]


def _entries_of_view(urls):
    """The entries of a view that is no page, given its URLs by language."""
    default = urls.get(default_language()) or next(iter(urls.values()))
    alternates = [{"lang_code": code, "location": url} for code, url in urls.items()]
    alternates.append({"lang_code": "x-default", "location": default})
    return [{"location": url, "alternates": alternates} for url in urls.values()]


def _index(request, number):
    address = absolute(reverse("diptych_sitemap"), request)
    parts = [{"location": f"{address}?p={part}"} for part in range(1, number + 1)]
    return _xml(request, "sitemap_index.xml", {"sitemaps": parts})


@language_independent
def news_sitemap(request):
    """The articles of the last two days, in all languages."""
    site = site_of(request)
    if site is None:
        raise Http404
    articles, life = recent_articles(site, request), seconds_until_news_differ(site)
    response = _xml(request, "diptych/sitemap_news.xml", {"articles": articles})
    if life is not None:
        response.pages_life = life
    return response


#: The views that robots are sent to.
SITEMAPS = ("diptych_sitemap", "diptych_news_sitemap")


@language_independent
def robots(request):
    """The robots.txt of the site, which names its sitemaps, those without any entry too."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        f"Disallow: {reverse('diptych_entrance')}language/",
        *(f"Sitemap: {absolute(reverse(name), request)}" for name in SITEMAPS),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def _xml(request, template, context):
    """An XML response that is not indexed itself."""
    headers = {"X-Robots-Tag": "noindex"}
    return TemplateResponse(request, template, context, content_type=XML, headers=headers)
