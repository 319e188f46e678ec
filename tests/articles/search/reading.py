"""Search as the search page does, without a request."""

from diptych.articles.search.results import ResultList
from diptych.articles.search.searching import Search


def search(query, language, *filters):
    """The :class:`diptych.articles.search.searching.SearchResult` for ``query``."""
    return Search(language, filters).find(query)


def articles_found(query, language, *filters):
    """The first articles found, best first."""
    return ResultList(search(query, language, *filters))[:20]


def found(query, language, *filters):
    """The addresses of the first articles found, best first."""
    return [article.slug for article in articles_found(query, language, *filters)]
