import pytest

from tests.factories import make_journal, sign_in


@pytest.fixture
def journal(db):
    return make_journal()


@pytest.fixture
def translator(client):
    """A browser in which somebody with every right is signed in, in English."""
    sign_in(client, "admin", language="en")
    return client
