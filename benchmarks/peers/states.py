"""Run in the project of a site: what pages cost by what the process keeps in memory.

``python -m benchmarks.peers.states SITE ANSWER.json [--hits] [--times N]``. *Cold* is with nothing
in memory and in caches, *warm* what comes next, *after* what comes after another article was
published in the language of the page, *hit* from the page cache, which needs the settings that
have it.
"""

import argparse
import gc
import json
import logging
import time
from functools import cache
from pathlib import Path

import django

TIMES, HITS = 12, 100
LANGUAGE = "en"


def journal():
    """``{kind: (address, status, words that the answer has)}``."""
    from django.urls import reverse
    from django.utils.translation import override

    from diptych.articles.models import ArticleIndexPage, ArticlePage, HomePage, TopicPage

    section = ArticleIndexPage.objects.get(slug="articles")
    article = ArticlePage.objects.child_of(section).order_by("path")[1]
    shown = {
        "article": article,
        "list": section,
        "topic": TopicPage.objects.order_by("path").first(),
    }
    pages = {
        kind: (page.url_in(LANGUAGE), 200, page.text_in("headline", LANGUAGE))
        for kind, page in shown.items()
    }
    with override(LANGUAGE):
        names = [f"diptych_api:articles:{view}" for view in ("listing", "detail")]
        listing, detail = reverse(names[0]), reverse(names[1], args=[article.pk])
        search = reverse("diptych_search")
    headline = article.text_in("headline", LANGUAGE)
    return pages | {
        "home": (HomePage.objects.get().url_in(LANGUAGE), 200, "Shores"),
        "404": (f"/{LANGUAGE}/nothing/", 404, "<h1"),
        "search": (f"{search}?q=lake", 200, section.url_in(LANGUAGE)),
        "API list": (listing, 200, '"items"'),
        "API detail": (detail, 200, headline),
        "sitemap part": ("/sitemap.xml?p=1", 200, "<urlset"),
        "editor": (edit_address(article), 200, headline),
    }


def started():
    from wagtail.models import Page

    home = Page.objects.get(depth=2)
    return {
        "editor": (edit_address(home), 200, home.title),
        "home": ("/", 200, "Welcome to your new Wagtail site!"),
        "404": ("/nothing/", 404, "<h1"),
        "search": ("/search/?query=home", 200, "<h1"),
    }


def edit_address(page):
    from django.urls import reverse

    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def nothing(_number):
    """Leave everything as it is."""


def forget(_number):
    """Empty what this process keeps of the database and of pages, and every cache."""
    from django.core.cache import caches

    for alias in caches.settings:
        caches[alias].clear()
    try:
        from diptych.articles.caching.storage import memory
        from diptych.articles.caching.tagged_cache import TaggedCache
    except ImportError:  # a site without the journal
        return
    memory.clear()
    for each in gc.get_objects():
        if issubclass(type(each), TaggedCache):  # proxies are not looked into
            vars(each).update(_values={}, _weight=0)


def publish_another(number):
    """Publish an article that none of the pages is, in their language only."""
    from diptych.articles.models import ArticleIndexPage, ArticlePage

    section = ArticleIndexPage.objects.get(slug="articles")
    other = ArticlePage.objects.child_of(section).order_by("path").last()
    draft, headline = other.newest_draft(), f"Published {number}"
    setattr(draft, f"headline_{LANGUAGE}", headline)
    draft.save_revision()
    other.publish_languages([LANGUAGE])
    public = ArticlePage.objects.get(pk=other.pk).text_in("headline", LANGUAGE)
    assert public == headline, f"{public} is public instead of {headline}"


def measure(page, before, times=TIMES):
    """The least milliseconds of the processor, the queries and calls of a page after ``before``."""
    from benchmarks.measuring import counting, counting_calls

    taken = []
    for number in range(times):
        before(number)
        start = time.thread_time()
        answer = ask(page)
        taken.append((time.thread_time() - start) * 1000)
        check(page, answer)
    before(times)
    with counting() as counter:
        ask(page)
    before(times + 1)
    with counting_calls() as calls:
        ask(page)
    return {"least": round(min(taken), 2), "queries": counter.queries, "calls": calls[0]}


@cache
def reader():
    from django.test import Client

    from benchmarks.projects import HOST

    return Client(headers={"host": HOST})


@cache
def editor():
    from django.contrib.auth import get_user_model
    from django.test import Client

    from benchmarks.projects import HOST

    users = get_user_model().objects
    client = Client(headers={"host": HOST})
    client.force_login(users.filter(is_superuser=True).first() or users.create_superuser("chief"))
    return client


def ask(page):
    if "/admin/" in page[0]:
        return editor().get(page[0], secure=True)
    reader().cookies.clear()
    return reader().get(page[0], secure=True)


def check(page, answer):
    """Only the page that is wanted counts."""
    address, status, words = page
    text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
    assert answer.status_code == status, f"{address} answers {answer.status_code}"
    assert words in text, f"{address} is without “{words}”"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("site", choices=["journal", "start"])
    parser.add_argument("answer", type=Path)
    parser.add_argument("--hits", action="store_true", help="only these")
    parser.add_argument("--times", type=int, help="how often each page is asked for")
    arguments = parser.parse_args()
    django.setup()
    logging.disable(logging.CRITICAL)
    pages = {"journal": journal, "start": started}[arguments.site]()
    for page in pages.values():
        check(page, ask(page))
    if arguments.hits:
        pages.pop("editor")
        states = {"hit": (nothing, arguments.times or HITS)}
    else:
        times = arguments.times or TIMES
        states = {"cold": (forget, times), "warm": (nothing, times)}
        if arguments.site == "journal":
            states["after"] = (publish_another, times)
    costs = {
        kind: {state: measure(page, *how) for state, how in states.items()}
        for kind, page in pages.items()
    }
    arguments.answer.write_text(json.dumps(costs))


if __name__ == "__main__":
    main()
