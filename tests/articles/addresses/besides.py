"""Addresses of a host with views of its own, and with Wagtail's for its other pages."""

from django.conf.urls.i18n import i18n_patterns
from django.http import Http404, HttpResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap

from diptych.articles import urls as articles_urls


def search(request):
    if "page" in request.GET:
        raise Http404
    return HttpResponse("Search of the host")


api = [path("v2/", lambda request: HttpResponse("API of the host"))]

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("search/", search, name="search"),
    path("api/", include(api)),
]
urlpatterns += [path("wagtail.xml", sitemap)]
urlpatterns += [path("", include(articles_urls.entrance))]
urlpatterns += i18n_patterns(path("", include(articles_urls)))
urlpatterns += [path("", include(wagtail_urls))]
