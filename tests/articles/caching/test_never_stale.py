"""No reader ever gets a page that is out of date, whichever way something was changed."""

import os
from pathlib import Path
from random import Random

import pytest
from django.conf import settings as site_settings
from django.test import Client, override_settings
from django.utils.translation.reloader import translation_file_changed

from diptych.articles.caching.versions import ProcessState
from diptych.articles.interface_texts.catalogues import compile_catalogues
from tests.articles.caching.journal import CHANGES, ChangingJournal
from tests.articles.caching.workers import (
    BehindCache,
    Worker,
    keep_values_apart,
    put_cache_in_front,
)

#: How many addresses are compared after a change: of the pages it concerns, of those that are
#: kept since before, and of all; and how many are read before the next one, so as to be kept.
TOUCHED, KEPT, ANY, READ = 3, 4, 2, 5
PAGE_CACHE = "diptych.articles.caching.middleware.PageCacheMiddleware"
#: Changes in the slow tier, in journals of their own, and in the quick one.
MANY, JOURNALS, FEW = int(os.environ.get("DIPTYCH_CHANGES", "600")), 4, 6
SEED = int(os.environ.get("DIPTYCH_SEED", "15"))
#: Small catalogues, which the admin changes.
CATALOGUES = {
    "fr": 'msgid "Latest"\nmsgstr "Récents"\n\nmsgid "Topics"\nmsgstr "Thèmes"\n',
    "en": 'msgid "Latest"\nmsgstr "Latest"\n',
}


@pytest.fixture
def keep_apart(monkeypatch):
    """Let each process have kept values of its own."""
    keep_values_apart(monkeypatch)


@pytest.fixture
def workers(monkeypatch, settings, keep_apart, pages_on_disk):
    """Two workers, and one behind a cache in front."""
    put_cache_in_front(monkeypatch, settings)
    workers = [Worker(monkeypatch, name, Client()) for name in ("first", "second", "third")]
    return [*workers[:2], BehindCache(workers[2])]


@pytest.fixture
def newcomer(monkeypatch, keep_apart):
    """A worker without the page cache, for what is true."""
    client = Client()
    others = [each for each in site_settings.MIDDLEWARE if each != PAGE_CACHE]
    with override_settings(MIDDLEWARE=others):
        client.handler.load_middleware()
    return Worker(monkeypatch, "newcomer", client)


@pytest.fixture
def locale(settings, tmp_path):
    """The folder of the catalogues, which are the only ones of the site."""
    for language, texts in CATALOGUES.items():
        path = tmp_path / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True)
        header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        path.write_text(f"{header}\n{texts}", encoding="utf-8")
    compile_catalogues(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    yield tmp_path
    translation_file_changed(sender=None, file_path=Path("django.mo"))


@pytest.fixture
def stale_answers(committed, workers, newcomer, locale, settings):
    """Make so many changes; ``(number, change, address)`` for each answer that is out of date.

    After each change some addresses are asked. What the workers answer, from what they keep or
    rendered by what they keep, is compared with what a process answers that keeps nothing.
    """
    settings.DIPTYCH_ARTICLES_PER_PAGE = 3

    def change(number_of_changes, seed):
        random = Random(seed)
        journal = ChangingJournal(random, locale)
        found, kept_ones = [], 0
        each_once = random.sample(CHANGES, len(CHANGES))
        for number in range(number_of_changes):
            name = each_once[number] if number < len(each_once) else random.choice(CHANGES)
            journal.change(name)
            newcomer.reset()
            kept, others = chosen(journal, workers, random)
            kept_ones += len(kept)
            for path in [*kept, *others]:
                now = newcomer.answer(path)
                asked = workers if path in kept else [random.choice(workers)]
                found += [(number, name, path) for each in asked if each.answer(path) != now]
            for path in random.sample(journal.addresses(), READ):
                random.choice(workers).answer(path)
        assert kept_ones >= number_of_changes // len(CHANGES) * 10
        return found[:20]

    return change


def chosen(journal, workers, random):
    """Some addresses at which a worker has a page, and some at which none has."""
    addresses, log = journal.addresses(), ProcessState().refresh()
    every = {*addresses, *journal.paths}
    kept = {path for path in every if any(worker.keeps(path, log) for worker in workers)}
    touched = journal.touched_addresses()
    asked = random.sample(touched, min(len(touched), TOUCHED))
    asked += random.sample(sorted(kept), min(len(kept), KEPT)) + random.sample(addresses, ANY)
    return kept & set(asked), sorted(set(asked) - kept)


def test_a_few_changes(stale_answers):
    seed = Random().randrange(1000)
    assert stale_answers(FEW, seed) == [], f"seed {seed}"


@pytest.mark.scale
@pytest.mark.parametrize("number", range(JOURNALS))
def test_many_changes(stale_answers, number):
    assert stale_answers(MANY // JOURNALS, SEED + number) == []
