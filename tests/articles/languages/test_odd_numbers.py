"""Numbers and dates that no browser sends are answered, not failed on."""

import pytest
from django.urls import reverse

from tests.factories import make_article

HUGE = "9" * 5000


@pytest.fixture
def article(journal):
    return make_article(journal)


def answer(admin, name, *args, query="", **posted):
    address = reverse(name, args=args) + query
    return admin.post(address, posted) if posted else admin.get(address, follow=True)


@pytest.mark.parametrize(
    "posted",
    [
        {"revision_id": HUGE, "revision_created_at": "2026-01-01T00:00:00"},
        {"revision_id": "1", "revision_created_at": "0001-01-01T00:00:00"},
        {"revision_id": "1", "revision_created_at": "9999-12-31T23:59:59-12:00"},
    ],
)
def test_editing_sessions(admin, article, posted):
    name = "diptych_editing_sessions_ping"
    response = answer(admin, name, article.pk, 1, query="?language=fr", **posted)
    assert response.status_code < 500


def test_restoring(admin, article):
    response = answer(admin, "diptych_restore_language", article.pk, 10**30, "fr")
    assert response.status_code == 404


@pytest.mark.parametrize("number", ["zz", "²", str(10**30)])
def test_asking_for_many(admin, article, number):
    address = "/admin/bulk/diptych/pagelanguage/ask_for_translation/"
    assert admin.get(address, {"id": number}, follow=True).status_code == 404


def test_holders(admin, article):
    response = answer(
        admin, "diptych_translations:assignment", article.pk, "en", seen=str(10**30), comment="x"
    )
    assert response.status_code == 200
