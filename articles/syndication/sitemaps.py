"""Sitemaps, news sitemap and robots.txt."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.core.paginator import InvalidPage, Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import http_date
from django.utils.translation import override
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Site

from articles.languages.available import available_languages
from articles.languages.middleware import language_independent
from articles.languages.models import PageLanguage
from articles.languages.querysets import address_lookup
from articles.languages.sites import absolute
from articles.listing import ArticleList, visible
from articles.models import ArticlePage, JournalSettings
from articles.syndication.feeds.formats import printable


class LanguageSitemap(Sitemap):
    """Every visible page in every language, with its alternates.

    An alias is left out if its original is in the sitemap of this or another site. Pages of other
    types use their own ``get_sitemap_urls``.
    """

    #: Pages in one part, each with an address per language.
    limit = 5000
    latest_change = None

    def items(self):
        pages = super().items().exclude(alias_of__in=_listed_originals())
        return pages.prefetch_related(address_lookup())

    @cached_property
    def paginator(self):
        return Paginator(self.items(), self.limit)

    def urls_of_part(self, number):
        """The entries of one part; addresses are fetched in one query."""
        pages = self.paginator.page(number).object_list
        urls = [url for each in pages for url in each.get_sitemap_urls(self.request)]
        # A page of another type may give a date, which cannot be compared with a datetime.
        changes = [url["lastmod"] for url in urls if isinstance(url.get("lastmod"), datetime)]
        self.latest_change = max(changes, default=None)
        return urls


def _listed_originals():
    """The pages with aliases that are themselves visible on a site."""
    roots = [root.root_path for root in Site.get_site_root_paths()]
    on_a_site = reduce(or_, (Q(page__url_path__startswith=path) for path in roots))
    rows = PageLanguage.objects.visible().filter(page__aliases__isnull=False)
    return rows.filter(on_a_site).order_by().values("page_id")


#: Limits of Google News: age and number of articles.
RECENT = timedelta(hours=48)
MOST = 1000


def recent_articles(site, request):
    """``location``, ``title``, ``date``, ``journal`` and ``language`` of each, newest first.

    In every language, by the printed date, also for later translations.
    """
    entries = []
    for language in available_languages():
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


def _recent_in(language, site):
    now = timezone.now()
    ids = ArticleList(language, site.root_page_id).dated(now - RECENT, now).ids(0, MOST)
    found = ArticlePage.objects.for_cards().with_addresses().in_bulk(ids)
    return visible(found[pk] for pk in ids if pk in found)


XML = "application/xml"


@language_independent
def sitemap(request):
    """All pages in one sitemap or, above the limit, an index of its parts.

    ``?p=`` selects a part.
    """
    if Site.find_for_request(request) is None:
        raise Http404
    pages = LanguageSitemap(request)
    part = request.GET.get("p")
    if part is None and pages.paginator.num_pages > 1:
        return _index(request, pages.paginator.num_pages)
    try:
        urls = pages.urls_of_part(part or 1)
    except InvalidPage as error:
        raise Http404 from error
    response = _xml(request, "sitemap.xml", {"urlset": urls})
    if pages.latest_change:
        response.headers["Last-Modified"] = http_date(pages.latest_change.timestamp())
    return response


def _index(request, number):
    address = absolute(reverse("diptych_sitemap"), request)
    parts = [{"location": f"{address}?p={part}"} for part in range(1, number + 1)]
    return _xml(request, "sitemap_index.xml", {"sitemaps": parts})


@language_independent
def news_sitemap(request):
    """The articles of the last two days, in all languages."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return _xml(request, "diptych/sitemap_news.xml", {"articles": recent_articles(site, request)})


@language_independent
def robots(request):
    """The robots.txt of the site."""
    sitemaps = ("diptych_sitemap", "diptych_news_sitemap")
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        f"Disallow: {reverse('diptych_entrance')}language/",
        *(f"Sitemap: {absolute(reverse(name), request)}" for name in sitemaps),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def _xml(request, template, context):
    """An XML response that is not indexed itself."""
    headers = {"X-Robots-Tag": "noindex"}
    return TemplateResponse(request, template, context, content_type=XML, headers=headers)
