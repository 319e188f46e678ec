"""Addresses of a project that has a host for each language."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from diptych.articles import urls as articles_urls
from diptych.articles.languages.routes.hosts import i18n_patterns

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(articles_urls.entrance)),
]
urlpatterns += i18n_patterns(path("", include(articles_urls)))
