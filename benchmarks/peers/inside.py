"""Run in the project of a site: name its addresses, and count the queries of each.

``python -m benchmarks.peers.inside SITE ANSWER.json``
"""

import argparse
import json
import logging
import statistics
from itertools import chain
from pathlib import Path

import django

#: Different articles that are asked for.
DIFFERENT = 40
#: Pages of each kind of which queries are counted.
COUNTED = 4
#: Rounds of these before queries are counted; they load what a running process has loaded.
WARMING = 2


def journal():
    from diptych.articles.languages.config.language_config import available_languages
    from diptych.articles.models import ArticleIndexPage, ArticlePage

    section = ArticleIndexPage.objects.get(slug="articles")
    below = ArticlePage.objects.child_of(section).order_by("path")
    total = below.count()
    articles = [below[number] for number in _spread(total)]
    kinds = [_kinds_in(language, section, articles, total) for language in available_languages()]
    return {
        # The languages in turns.
        **{kind: [*chain(*zip(*(each[kind] for each in kinds), strict=True))] for kind in kinds[0]},
        "sitemap": ["/sitemap.xml?p=1"],
        "news sitemap": ["/sitemap-news.xml"],
    }


def _kinds_in(language, section, articles, total):
    from django.urls import reverse
    from django.utils.translation import override

    from diptych.articles.lists.pagination import PER_PAGE
    from diptych.articles.models import AuthorPage, HomePage, TopicPage

    word, beginning = {"fr": ("lac", "per"), "en": ("lake", "nob")}[language]
    with override(language):
        search, suggestions = reverse("diptych_search"), reverse("diptych_search_suggestions")
        last = (total - 1) // PER_PAGE + 1
        return {
            "article": [page.url_in(language) for page in articles],
            "list": [section.url_in(language)],
            "list, last page": [f"{section.url_in(language)}?page={last}"],
            "home": [HomePage.objects.get().url_in(language)],
            "topic": [page.url_in(language) for page in TopicPage.objects.order_by("path")],
            "author": [page.url_in(language) for page in AuthorPage.objects.order_by("path")],
            "feed": [reverse("diptych_feed")],
            "search, common": [f"{search}?q={word}"],
            "search, rare": [f"{search}?q={word}+{number}" for number in _spread(total)],
            "suggestions": [f"{suggestions}?q={beginning}"],
            "404": [f"/{language}/nothing-{number}/" for number in range(DIFFERENT)],
        }


def _spread(total):
    """Different numbers below ``total``, far from one another."""
    return [total * place // DIFFERENT for place in range(DIFFERENT)]


def blog():
    from benchmarks.blog.models import PER_PAGE, ArticlePage, AuthorPage, NewsIndexPage, TopicPage

    articles = ArticlePage.objects.order_by("path")
    total = articles.count()
    return {
        "article": [articles[number].url for number in _spread(total)],
        "list": [NewsIndexPage.objects.get().url],
        "list, last page": [
            f"{NewsIndexPage.objects.get().url}?page={(total - 1) // PER_PAGE + 1}"
        ],
        "home": ["/"],
        "topic": [page.url for page in TopicPage.objects.order_by("path")],
        "author": [page.url for page in AuthorPage.objects.order_by("path")],
        "feed": ["/feed/"],
        "sitemap": ["/sitemap.xml"],
        "search, common": ["/search/?query=lake"],
        "search, rare": [f"/search/?query=lake+{number}" for number in _spread(total)],
        "404": [f"/nothing-{number}/" for number in range(DIFFERENT)],
    }


def started():
    return {
        "home": ["/"],
        "search, common": ["/search/?query=home"],
        "404": [f"/nothing-{number}/" for number in range(DIFFERENT)],
    }


def admin_lists():
    """Addresses of the lists that editors open, of the journal only."""
    from django.urls import reverse

    from diptych.articles.models import ArticleIndexPage

    section = ArticleIndexPage.objects.get(slug="articles")
    return {
        "explorer": [reverse("wagtailadmin_explore", args=[section.pk])],
        "page search": [f"{reverse('wagtailadmin_pages:search')}?q=lac"],
        "page search, rare": [f"{reverse('wagtailadmin_pages:search')}?q=lac+7"],
        "article list": [f"{reverse('wagtailadmin_home')}diptych/articles/"],
        "worklist": [reverse("diptych_translations:index")],
    }


def session_of_an_editor():
    """A cookie of somebody who may see all lists."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.filter(is_superuser=True).first())
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def count_queries(addresses, cookie=""):
    """The median number of queries of a few pages of each kind."""
    from django.test import Client

    from benchmarks.measuring import counting
    from benchmarks.projects import HOST

    client = Client(headers={"host": HOST, **({"cookie": cookie} if cookie else {})})
    counts = {}
    for kind, found in addresses.items():
        asked = found[:: max(1, len(found) // COUNTED)]
        for _round in range(WARMING):
            for address in asked:
                client.get(address, secure=True)
        numbers = []
        for address in asked:
            with counting() as counter:
                client.get(address, secure=True)
            numbers.append(counter.queries)
        counts[kind] = statistics.median_low(numbers)
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", choices=["journal", "blog", "start"])
    parser.add_argument("answer", type=Path)
    parser.add_argument("--admin", action="store_true", help="the lists of editors too")
    arguments = parser.parse_args()
    django.setup()
    logging.disable(logging.CRITICAL)
    addresses = {"journal": journal, "blog": blog, "start": started}[arguments.site]()
    answer = {"addresses": addresses, "queries": count_queries(addresses)}
    if arguments.admin:
        answer["cookie"] = session_of_an_editor()
        answer["lists"] = admin_lists()
        answer["queries"] |= count_queries(answer["lists"], answer["cookie"])
    arguments.answer.write_text(json.dumps(answer))


if __name__ == "__main__":
    main()
