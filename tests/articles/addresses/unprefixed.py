"""Addresses of a host whose default language has no prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from diptych.articles import urls as articles_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(articles_urls.entrance)),
]
urlpatterns += i18n_patterns(path("", include(articles_urls)), prefix_default_language=False)
