"""Wagtail's own addresses, with pages found through the page × language table."""

from django.urls import re_path
from wagtail import urls as wagtail_urls

from articles.languages import serve

urlpatterns = [
    *(each for each in wagtail_urls.urlpatterns if each.name != "wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, serve.serve, name="wagtail_serve"),
]
