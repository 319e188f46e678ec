"""Ask search as its page does."""

from articles.search.finding import Search
from articles.search.results import FoundArticles


def search(query, language, *marks):
    """What is found: :class:`articles.search.finding.Found`."""
    return Search(language, marks).find(query)


def articles_found(query, language, *marks):
    """The first articles found, best first."""
    return FoundArticles(search(query, language, *marks))[:20]


def found(query, language, *marks):
    """The addresses of the first articles found, best first."""
    return [article.slug for article in articles_found(query, language, *marks)]
