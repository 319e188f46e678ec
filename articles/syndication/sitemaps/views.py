"""The addresses crawlers ask for."""

from django.core.paginator import InvalidPage
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import http_date
from wagtail.models import Site

from articles.languages.middleware import language_independent
from articles.languages.sites import absolute
from articles.syndication.sitemaps.news import recent_articles
from articles.syndication.sitemaps.pages import LanguageSitemap

XML = "application/xml"


@language_independent
def sitemap(request):
    """All pages in one file, or, where one does not hold them, an index of its parts.

    ``?p=`` asks for one of the parts.
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
    """Tell crawlers where the sitemaps are, and what is not a page."""
    sitemaps = ("diptych_sitemap", "diptych_news_sitemap")
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        f"Disallow: {reverse('diptych_entrance')}language/",
        *(f"Sitemap: {absolute(reverse(name), request)}" for name in sitemaps),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def _xml(request, template, context):
    """A file for crawlers to read and not to show."""
    headers = {"X-Robots-Tag": "noindex"}
    return TemplateResponse(request, template, context, content_type=XML, headers=headers)
