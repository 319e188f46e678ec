import pytest
from django.db import transaction
from django.test import Client

from tests.factories import make_article, paragraphs, sign_in, write_draft

ENGLISH = {
    "headline_en": "The lake freezes",
    "lead_en": "For the first time in years.",
    "body_en": paragraphs("Ice."),
}


@pytest.fixture
def article(journal):
    """Live in French, with an English draft and a newer French one."""
    article = make_article(journal, en=None, live_in=("fr",))
    write_draft(article, headline_fr="Le lac gèle encore", **ENGLISH)
    return article


@pytest.fixture
def translator():
    client = Client()
    client.user = sign_in(client, "editor", language="fr")
    return client


@pytest.fixture
def reviewer():
    client = Client()
    client.user = sign_in(client, "moderator")
    return client


@pytest.fixture
def at_once(monkeypatch):
    """The transaction of the test never ends: what waits for its end is done at once."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, **options: act())
