"""Addresses of a project that has Wagtail's own trees for each locale."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from diptych.articles import urls as articles_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("wagtail.xml", sitemap),
    path("", include(articles_urls.entrance)),
]
urlpatterns += i18n_patterns(path("", include(articles_urls)), path("", include(wagtail_urls)))
