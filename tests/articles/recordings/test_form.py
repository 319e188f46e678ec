"""Editors choose the recording of each language, where the journal has recordings."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Site

from diptych.articles.models import JournalSettings
from diptych.articles.recordings.audio import fault_of
from tests.articles.languages import editor
from tests.articles.languages.editor import draft_of
from tests.articles.recordings.sounds import SOUND, let_hear, make_document
from tests.factories import make_article, write_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(journal):
    return make_article(journal)


def screen(client, article):
    return client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()


def save(client, article, en="The lake freezes", **values):
    """Save the form; the screen that is answered."""
    return editor.edit(client, article, editor.article_form("Le lac gèle", en, **values))


def test_each_language_has_its_own(admin, journal, article):
    let_hear(journal)
    document = make_document()
    save(admin, article, recording_en=document.pk)
    draft = draft_of(article)
    assert (draft.recording_en, draft.recording_fr) == (document, None)


def test_of_several_sites_that_start_at_one_page_the_default_one_decides(admin, journal, article):
    Site.objects.create(hostname="a.example", root_page=journal.home)
    let_hear(journal)
    assert "recording_en" in screen(admin, article)


def test_of_sites_that_differ_by_their_port_the_lower_one_decides(admin, journal, article):
    Site.objects.filter(pk=journal.site.pk).update(port=8001, is_default_site=False)
    lower = Site.objects.create(hostname=journal.site.hostname, root_page=journal.home)
    JournalSettings.objects.create(site=lower, has_recordings=True)
    assert "recording_en" in screen(admin, article)


def test_without_the_setting_there_is_no_panel_and_nothing_is_lost(admin, journal, article):
    document = make_document()
    write_draft(article, recording_en=document)
    page = BeautifulSoup(screen(admin, article), "lxml")
    assert not page.select("[name^=recording], [id*=recording]")
    save(admin, article, "The lake melts", recording_en="", recording_fr=document.pk)
    draft = draft_of(article)
    assert draft.headline_en == "The lake melts"
    assert (draft.recording_en, draft.recording_fr) == (document, None)


def test_a_new_article_has_the_panel_as_its_journal_has_chosen(admin, journal):
    address = reverse(
        "wagtailadmin_pages:add", args=["diptych", "articlepage", journal.articles.pk]
    )
    assert b'name="recording_en"' not in admin.get(address).content
    let_hear(journal)
    assert b'name="recording_en"' in admin.get(address).content


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.pdf", b"%PDF-1.4", "is not a recording"),
        ("plan.mp3", b"A plan, renamed.", "holds something else"),
        ("lake.m4a", SOUND, "holds something else"),
        ("lake.mp3", b"", "holds something else"),
    ],
)
def test_what_is_no_recording_is_refused_in_words(admin, journal, article, name, content, said):
    let_hear(journal)
    response = save(admin, article, recording_en=make_document(name, content).pk)
    errors = editor.errors(response)
    assert [said in each for each in errors["recording_en"]] == [True]
    assert "recording_fr" not in errors
    assert draft_of(article).recording_en is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.mp3", SOUND),
        ("a.MP3", b"\xff\xfb\x90\x64"),
        ("a.m4a", b"\0\0\0\x20ftypM4A "),
        ("a.ogg", b"OggS\0"),
        ("a.opus", b"OggS\0"),
        ("a.wav", b"RIFF\0\0\0\0WAVE"),
    ],
)
def test_the_usual_kinds_are_recordings(name, content):
    assert fault_of(make_document(name, content)) == ""


def test_a_file_that_cannot_be_read_is_refused(journal):
    document = make_document()
    document.file.storage.delete(document.file.name)
    document.refresh_from_db()
    with override("en"):
        assert "cannot be read" in fault_of(document)


def test_a_recording_that_was_there_does_not_keep_anybody_from_saving(admin, journal, article):
    let_hear(journal)
    document = make_document("plan.txt", b"A plan.")
    write_draft(article, recording_en=document)
    save(admin, article, "The lake melts", recording_en=document.pk)
    assert draft_of(article).headline_en == "The lake melts"
