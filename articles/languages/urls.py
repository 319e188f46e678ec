"""Wagtail's own addresses, with pages found through the page × language table."""

from django.urls import re_path
from wagtail import urls as wagtail_urls

from diptych.articles.languages.publication.draft_links import show_draft
from diptych.articles.languages.routes.prefixes import PAGE
from diptych.articles.languages.routes.views import serve

urlpatterns = [
    # No slug has a dot: no page stands at such an address.
    re_path(r"^draft/(?P<token>[\w-]+\.[\w-]+)/$", show_draft, name="diptych_draft"),
    *(each for each in wagtail_urls.urlpatterns if each.name != "wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, serve, name=PAGE),
]
