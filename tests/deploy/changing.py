"""A shell beside servers: it changes their journal when it is told to, and says what is true.

It reads a line of JSON for each thing to do and answers with one: ``["change", name]`` gives the
addresses to look at, ``["answers", path, …]`` what a process says that keeps nothing,
``["write", headline]`` the primary key of a new article.
"""

import json
import os
import sys
from pathlib import Path
from random import Random

import django

# Nothing else, such as the log, goes where answers do.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from wagtail.models import Site  # noqa: E402

from diptych.articles.caching.versions import process_state  # noqa: E402
from diptych.articles.models import (  # noqa: E402
    ArticleIndexPage,
    AuthorIndexPage,
    HomePage,
    TopicIndexPage,
)
from tests.articles.caching.journal import ChangingJournal  # noqa: E402
from tests.factories import Journal, make_article  # noqa: E402
from tests.servers import SITE_HOST, digest_of  # noqa: E402

PAGE_CACHE = "diptych.articles.caching.middleware.PageCacheMiddleware"


def read_journal():
    site = Site.objects.select_related("root_page").get(hostname=SITE_HOST)
    home = HomePage.objects.get(pk=site.root_page_id)
    kinds = (ArticleIndexPage, TopicIndexPage, AuthorIndexPage)
    return Journal(site, home, *(kind.objects.child_of(home).get() for kind in kinds))


def browser():
    return Client(headers={"host": SITE_HOST, "x-forwarded-proto": "https"})


def uncached_reader():
    reader = browser()
    others = [each for each in settings.MIDDLEWARE if each != PAGE_CACHE]
    with override_settings(MIDDLEWARE=others):
        reader.handler.load_middleware()
    return reader


class Shell:
    def __init__(self, folder, seed):
        self.journal = ChangingJournal(Random(seed), folder, read_journal(), browser())
        self.reader = uncached_reader()

    def change(self, name):
        self.journal.change(name)
        addresses = self.journal.addresses()
        return {"touched": self.journal.touched_addresses(), "addresses": addresses}

    def write(self, headline):
        return make_article(self.journal.journal, headline, headline).pk

    def answers(self, *paths):
        process_state.reset()
        cache.clear()
        found = [self.reader.get(path) for path in paths]
        return [digest_of(each.status_code, each.content) for each in found]


def main(folder, seed):
    setup_test_environment()
    shell = Shell(Path(folder), int(seed))
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(getattr(shell, name)(*arguments)), file=answers, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
