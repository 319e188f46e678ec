import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from tests.factories import make_journal, sign_in


@pytest.fixture(autouse=True)
def language_of_the_host():
    translation.activate("en")
    cache.clear()
    yield
    translation.deactivate()


@pytest.fixture
def journal(db):
    return make_journal()


@pytest.fixture
def admin(db):
    client = Client()
    sign_in(client)
    return client
