import pytest

from tests.factories import sign_in


@pytest.fixture
def translator(client):
    """A browser in which somebody with every right is signed in, in English."""
    sign_in(client, "admin", language="en")
    return client
