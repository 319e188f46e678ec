from django.urls import path
from wagtail import hooks

from articles.search.views import search, suggestions


@hooks.register("register_diptych_urls")
def addresses():
    return [
        path("search/", search, name="diptych_search"),
        path("search/suggestions/", suggestions, name="diptych_search_suggestions"),
    ]
