from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from benchmarks.blog.feeds import NewsFeed
from benchmarks.blog.views import search

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("search/", search, name="search"),
    path("feed/", NewsFeed(), name="feed"),
    path("sitemap.xml", sitemap),
    path("", include(wagtail_urls)),
]
