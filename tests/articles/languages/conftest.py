from contextlib import contextmanager

import pytest
from django.test import Client
from wagtail.signals import page_published, page_unpublished

from tests.articles.languages.editor import Refused
from tests.factories import make_journal, sign_in


@pytest.fixture
def journal(db):
    return make_journal()


@pytest.fixture
def admin(client):
    """A browser in which an administrator with an English interface is signed in."""
    sign_in(client, "admin", language="en")
    return client


@pytest.fixture
def reader():
    """A browser in which nobody is signed in."""
    return Client()


@pytest.fixture
def refusing():
    """A context in which a receiver of what was published or unpublished fails."""

    def refuse(**kwargs):
        raise Refused

    @contextmanager
    def receiver():
        for signal in (page_published, page_unpublished):
            signal.connect(refuse)
        try:
            yield
        finally:
            for signal in (page_published, page_unpublished):
                signal.disconnect(refuse)

    return receiver
