"""Translated foreign keys when what they refer to is deleted, and restored from the bin."""

import pytest
from django.db import connection
from django.urls import reverse
from wagtail.documents import get_document_model

from diptych.articles.languages.models import DeletedFile, DeletedPage
from diptych.articles.models import ArticlePage, AuthorPage
from tests.articles.recordings.sounds import let_hear, make_document
from tests.factories import make_article, make_author, sign_in

LANGUAGES = ("fr", "en")


def _stored(article, name):
    """The keys of ``name`` in its own column and in those of both languages."""
    columns = [f"{column}_id" for column in (name, f"{name}_fr", f"{name}_en")]
    rows = ArticlePage.objects.rewrite(False).filter(pk=article.pk)
    connection.check_constraints()
    return rows.values_list(*columns).get()


@pytest.fixture(params=LANGUAGES)
def language(request):
    """The language of the text that refers to something."""
    return request.param


@pytest.fixture(params=LANGUAGES)
def signed_in(request, client, db):
    """Somebody who has the admin in one of the languages."""
    sign_in(client, language=request.param)
    return client


def test_a_recording_is_deleted_and_restored(signed_in, journal, language):
    let_hear(journal)
    article = make_article(journal, **{f"recording_{language}": make_document()})
    before = _stored(article, "recording")
    document = get_document_model().objects.get()
    signed_in.post(reverse("wagtaildocs:delete", args=[document.pk]))
    assert not get_document_model().objects.exists()
    assert _stored(article, "recording") == (None, None, None)
    signed_in.post(reverse("diptych_restore_file", args=[DeletedFile.objects.get().pk]))
    assert _stored(article, "recording") == before


def test_a_translator_is_deleted_and_restored(signed_in, journal, language):
    author = make_author(journal, "Camille")
    article = make_article(journal, **{f"translator_{language}": author})
    before = _stored(article, "translator")
    signed_in.post(reverse("wagtailadmin_pages:delete", args=[author.pk]))
    assert not AuthorPage.objects.filter(pk=author.pk).exists()
    assert _stored(article, "translator") == (None, None, None)
    signed_in.post(reverse("diptych_restore_page", args=[DeletedPage.objects.get().key]))
    assert _stored(article, "translator") == before


def test_references_to_others_stay(journal, language):
    author, other = make_author(journal, "Camille"), make_author(journal, "Nadia")
    article = make_article(journal, **{f"translator_{language}": author, "reviewer_en": other})
    author.delete()
    assert _stored(article, "translator") == (None, None, None)
    assert _stored(article, "reviewer")[2] == other.pk
