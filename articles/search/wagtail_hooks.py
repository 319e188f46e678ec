from django.urls import path
from wagtail import hooks

from diptych.articles.languages.admin.listings.searching import HOOK as TEXT_SEARCH
from diptych.articles.lists.article_lists import SEARCH
from diptych.articles.search.admin.text_search import TextSearch
from diptych.articles.search.results import exact_results
from diptych.articles.search.views import search, suggestions

hooks.register(TEXT_SEARCH, TextSearch)
hooks.register(SEARCH, exact_results)


@hooks.register("register_diptych_urls")
def addresses():
    return [
        path("search/", search, name="diptych_search"),
        path("search/suggestions/", suggestions, name="diptych_search_suggestions"),
    ]
