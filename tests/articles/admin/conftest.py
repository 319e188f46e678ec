import pytest

from tests.factories import make_journal, sign_in


@pytest.fixture
def journal(db):
    return make_journal()


@pytest.fixture
def admin(client):
    """A browser in which an administrator with an English interface is signed in."""
    sign_in(client, "admin", language="en")
    return client
