import pytest

from tests.articles.side_by_side.rows import make
from tests.factories import make_author, sign_in


@pytest.fixture
def translator(client):
    """A browser in which somebody with every right is signed in, in English."""
    sign_in(client, "admin", language="en")
    return client


@pytest.fixture
def people(journal):
    return [make_author(journal, name) for name in ("Léa Rochat", "Noé Favre", "Ana Dias")]


@pytest.fixture
def article(journal, people):
    """Live in both languages, with two authors whose roles are translated."""
    return make(journal, people, ("Texte", "Text"), ("Photos", "Pictures"))
