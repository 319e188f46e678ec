"""A change is stored promptly while a table of a search is locked, and is found later.

Empties the database at its end: `test_locked_tables.py` runs it on one of its own.
"""

import time
from contextlib import contextmanager

import pytest
from django.db import connection
from wagtail.search.models import IndexEntry

from diptych.articles.languages.config.background import SEARCH_BACKEND
from diptych.articles.models import ArticlePage
from diptych.articles.search.models import SearchEntry, SearchText
from operations.background import ThreadBackend
from tests.articles.languages.editor import PUBLISH_BOTH, article_form, edit
from tests.factories import make_article, make_journal, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


THREAD = {"BACKEND": "operations.background.ThreadBackend"}


@contextmanager
def locked(table):
    """Lock a table by another connection."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table}")
        yield
    finally:
        other.rollback()
        other.close()


@pytest.mark.parametrize(
    "model", [SearchEntry, SearchText, IndexEntry], ids=lambda model: model.__name__
)
def test_publishing_does_not_wait_for_a_search(client, settings, model):
    settings.TASKS = {**settings.TASKS, SEARCH_BACKEND: THREAD}
    article = make_article(make_journal(), "Le lac", "The lake")
    sign_in(client)
    with locked(model._meta.db_table):
        started = time.monotonic()
        edit(client, article, article_form("Le lac", "Unheard", PUBLISH_BOTH))
        assert time.monotonic() - started < 25
        assert article.stored().headline_en == "Unheard"
    wait_until(SearchText.objects.filter(original__headline="Unheard").exists)
    wait_until(lambda: ArticlePage.objects.all().autocomplete("Unhea"))
    wait_until(lambda: not ThreadBackend.pending)  # which reads what is emptied now


def wait_until(is_done):
    for _attempt in range(100):
        if is_done():
            return
        time.sleep(0.1)
    pytest.fail("It is not found.")
