"""Read the HTML of the search page."""

import re
from html import unescape


def page_of(reader, query, language="fr", **parameters):
    """The HTML of the results for a query."""
    response = reader.get(f"/{language}/search/", {"q": query, **parameters})
    assert response.status_code == 200
    return response.content.decode()


def results(html):
    """The slugs of the results, in order."""
    return _slugs(html.partition('class="search-newest"')[0])


def newest(html):
    """The slugs of the newest articles, offered where nothing is found."""
    return _slugs(html.partition('class="search-newest"')[2])


def _slugs(html):
    return re.findall(r'card__headline[^>]*><a href="/\w+/\w+/([^"/]+)/"', html)


def marked(html):
    return re.findall(r"<mark>(.*?)</mark>", html)


def links(html, words):
    """The addresses of links whose text has ``words``."""
    found = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', html, re.S)
    return [unescape(href) for href, text in found if words in re.sub(r"<[^>]+>", "", text)]


def filters(html, words):
    """The filters whose text has ``words``: the address, and whether it is in use."""
    found = re.findall(r'<a class="facets__value" href="([^"]*)"([^>]*)>(.*?)</a>', html, re.S)
    return [(unescape(href), "aria-current" in more) for href, more, text in found if words in text]
