from django.urls import path
from wagtail import hooks

from diptych.articles.caching.addresses import keep_addresses, page_number
from diptych.articles.languages.admin.listings.searching import HOOK as TEXT_SEARCH
from diptych.articles.lists.article_lists import SEARCH
from diptych.articles.search.admin.text_search import TextSearch
from diptych.articles.search.facets import LETTERS, one_number
from diptych.articles.search.query_parser import one_line
from diptych.articles.search.results import exact_results
from diptych.articles.search.views import search, suggestions

hooks.register(TEXT_SEARCH, TextSearch)
hooks.register(SEARCH, exact_results)

keep_addresses(
    {"diptych_search": {"q": one_line, "page": page_number, **dict.fromkeys(LETTERS, one_number)}}
)


@hooks.register("register_diptych_urls")
def addresses():
    return [
        path("search/", search, name="diptych_search"),
        path("search/suggestions/", suggestions, name="diptych_search_suggestions"),
    ]
