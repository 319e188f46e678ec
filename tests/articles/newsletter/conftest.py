import pytest

from articles.newsletter.models import Newsletter
from tests.factories import make_journal


@pytest.fixture
def journal(db):
    return make_journal()


@pytest.fixture
def newsletters(journal):
    """The newsletters of the journal, by language."""
    names = {"fr": "La lettre de la semaine", "en": "The weekly letter"}
    return {
        code: Newsletter.objects.create(site=journal.site, language=code, name=name)
        for code, name in names.items()
    }
