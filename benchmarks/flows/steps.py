"""What every flow consists of, and how its answers are read."""

import re
from html import unescape

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from benchmarks.stock.models import StockPage
from diptych.articles.caching.storage import memory
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.models import ArticleIndexPage, ArticlePage


class Steps:
    """One run of a flow in a process of its own.

    ``prepare`` comes before the clock and ``done`` after it: what each repetition has really
    done, counted in its answers or in the database. A flow that did less fails.
    """

    def __init__(self, articles):
        self.articles = articles

    def prepare(self):
        """Fetch or make what the flow needs."""

    def measure(self):
        """Do the work and return its measurements."""
        raise NotImplementedError

    def done(self):
        """How much was done each time, by unit."""
        raise NotImplementedError


def section():
    """The list with many articles."""
    return ArticleIndexPage.objects.get(slug="articles")


def small_section():
    """The list with a few articles."""
    return ArticleIndexPage.objects.get(slug="dossiers")


def article():
    """An article from the middle of the long list, with authors, topics and a picture."""
    below = ArticlePage.objects.child_of(section()).order_by("path")
    return below[below.count() // 2]


def stock_page():
    """The stock page, with as many authors and topics as an article has."""
    return StockPage.objects.get(slug="stock")


def signed_in_client():
    client = Client()
    client.force_login(get_user_model().objects.get(username="editor-0"))
    return client


def clear_cache():
    """Empty the cache, so that nothing cached by an earlier request is read."""
    cache.clear()
    memory.clear()


def get(client, address):
    response = client.get(address)
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    return response


def addresses_shown(response, prefix):
    """How many different addresses below ``prefix`` the page in ``response`` links to."""
    links = re.findall(r'href="([^"#?]+)', unescape(response.content.decode()))
    paths = {re.sub(r"^https?://[^/]+", "", link) for link in links}
    return len({path for path in paths if path.startswith(prefix) and path != prefix})


def headlines(text):
    """A new headline for every language."""
    return {language: f"{text} {language}" for language in available_languages()}
