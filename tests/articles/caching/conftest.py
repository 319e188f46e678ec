"""What the tests of the page cache have in common."""

import pytest
from django.core.cache import caches
from django.test import Client

from articles.caching import storage
from articles.models import JournalSettings
from tests.factories import make_article, make_journal
from themes.models import AppearanceSettings


@pytest.fixture(autouse=True)
def empty_memory():
    storage.memory.clear()
    storage.store.__init__()
    yield
    storage.memory.clear()


@pytest.fixture
def article(monkeypatch, db):
    """An article that is made really, in a journal whose settings are stored."""
    journal = make_journal()
    JournalSettings.for_site(journal.site)
    AppearanceSettings.for_site(journal.site)
    return make_article(journal)


@pytest.fixture
def ask():
    """Ask for an address as a new visitor."""
    return lambda path, **headers: Client().get(path, headers=headers)


@pytest.fixture
def rendered(monkeypatch):
    """How often a page has been rendered since the last call."""
    from articles.caching.middleware import PageCacheMiddleware

    calls, render = [], PageCacheMiddleware._render

    def count(self, request, asked):
        calls.append(asked.address)
        return render(self, request, asked)

    def number():
        found = len(calls)
        calls.clear()
        return found

    monkeypatch.setattr(PageCacheMiddleware, "_render", count)
    return number


@pytest.fixture
def pages_on_disk(settings, tmp_path):
    """A store on disk; its folder."""
    folder = tmp_path / "pages"
    settings.CACHES = {
        **settings.CACHES,
        "pages": {
            "BACKEND": "articles.caching.backends.PagesOnDisk",
            "LOCATION": str(folder),
        },
    }
    yield folder
    caches["pages"].close()
