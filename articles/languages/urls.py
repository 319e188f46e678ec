"""Wagtail's own addresses, with pages found through the page × language table."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls

from articles.languages import serve

urlpatterns = [
    re_path(wagtail_urls.serve_pattern, serve.serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
