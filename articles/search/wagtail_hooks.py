from django.urls import path
from wagtail import hooks

from articles.article_lists import SEARCH
from articles.languages.admin.searching import HOOK as TEXT_SEARCH
from articles.search.admin.text_search import TextSearch
from articles.search.results import exact_results
from articles.search.views import search, suggestions

hooks.register(TEXT_SEARCH, TextSearch)
hooks.register(SEARCH, exact_results)


@hooks.register("register_diptych_urls")
def addresses():
    return [
        path("search/", search, name="diptych_search"),
        path("search/suggestions/", suggestions, name="diptych_search_suggestions"),
    ]
