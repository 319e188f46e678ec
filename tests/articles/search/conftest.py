import pytest
from django.db import transaction

from tests.articles.search.judging import make_corpus
from tests.factories import make_article, paragraphs


@pytest.fixture(scope="module")
def stored_corpus(django_db_setup, django_db_blocker):
    """The judged articles, made once for the tests of a file; their names by page."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_corpus()
        transaction.set_rollback(True)


@pytest.fixture
def corpus(stored_corpus, db):
    return stored_corpus


@pytest.fixture
def glacier(journal):
    return make_article(
        journal,
        "Glacier",
        "Icefield",
        lead_fr="La fonte.",
        lead_en="The thaw.",
        body_fr=paragraphs("Une <b>moraine</b> grise."),
        body_en=paragraphs("A grey <b>boulder</b>."),
    )
