"""Changes that cannot be written are kept in the session and in the download."""

import errno
import os

import polib
import pytest

from diptych.articles.caching.atomic_files import write_whole
from diptych.articles.interface_texts.catalogues import read_catalogue, set_translation
from tests.articles.admin.html import messages, soup, text_of
from tests.articles.interface_texts.conftest import make_translator
from tests.articles.interface_texts.form import FRENCH, TextsForm, open_form

DOWNLOAD = f"{FRENCH}download/"


def french(locale):
    return locale / "fr" / "LC_MESSAGES" / "django.po"


@pytest.fixture
def read_only(monkeypatch):
    """Answer as a read-only file system does, to root as well."""

    def refuse(*arguments, **options):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    really = os.access
    monkeypatch.setattr("tempfile.mkstemp", refuse)
    monkeypatch.setattr(
        "os.access", lambda path, mode, **options: mode != os.W_OK and really(path, mode)
    )


@pytest.fixture
def stuck(client, db, locale, read_only):
    """The browser of a translator on such a server."""
    client.force_login(make_translator("fr"))
    return client


def test_a_read_only_catalogue_says_so_before_anything_is_typed(stuck):
    page = soup(stuck.get(FRENCH))

    assert "The file of this catalogue is read-only" in text_of(page.select_one(".help-block"))
    assert page.select_one(f".help-block a[href='{DOWNLOAD}']")


def test_what_cannot_be_written_is_in_the_download(stuck, locale):
    before = french(locale).read_bytes()
    form = open_form(stuck).type("Read on", "Continuer").type("%(count)s page", "une", "%(count)s")

    response = form.post(stuck)

    assert french(locale).read_bytes() == before
    shown = stuck.get(response.url)
    (said,) = messages(shown)
    assert said.startswith("The catalogue could not be written: the file system is read-only.")
    assert "2 changed texts wait to be written." in text_of(soup(shown))
    assert TextsForm(shown).texts("Read on") == ["Continuer"]
    download = stuck.get(DOWNLOAD)
    assert "attachment" in download["Content-Disposition"]
    file = polib.pofile(download.content.decode())
    assert file.find("Read on").msgstr == "Continuer"
    assert file.find("%(count)s page").msgstr_plural == {0: "une", 1: "%(count)s"}
    assert file.find("By %(name)s").msgstr == "Par %(name)s"


def test_a_wrong_text_is_refused_there_as_well(stuck):
    form = open_form(stuck).type("Read on", "Continuer").type("By %(name)s", "Par")

    again = TextsForm(form.post(stuck))

    assert "%(name)s is missing" in again.reason("By %(name)s")
    assert again.texts("By %(name)s") == ["Par"]
    assert polib.pofile(stuck.get(DOWNLOAD).content.decode()).find("Read on").msgstr == "Continuer"


def test_words_that_waited_are_written_once_they_can_be(translator, saved_text, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", _refuse)
        open_form(translator).type("Read on", "Continuer").post(translator)
    assert saved_text("Read on") == "Lire la suite"

    open_form(translator).post(translator)

    assert saved_text("Read on") == "Continuer"
    assert "wait to be written" not in text_of(soup(translator.get(FRENCH)))


def test_what_was_typed_waits_where_the_folder_cannot_be_locked(
    translator, saved_text, monkeypatch
):
    form = open_form(translator).type("Read on", "Continuer").type("By %(name)s", "Par")
    with monkeypatch.context() as patch:
        patch.setattr("django.core.files.locks.lock", _refuse)
        again = TextsForm(form.post(translator))
    assert "%(name)s is missing" in again.reason("By %(name)s")
    assert saved_text("Read on") == "Lire la suite"

    shown = translator.get(FRENCH)

    assert "1 changed text waits to be written." in text_of(soup(shown))
    assert TextsForm(shown).texts("Read on") == ["Continuer"]


@pytest.fixture
def waiting(translator, monkeypatch):
    """The browser of a translator whose words for “Read on” wait."""
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", _refuse)
        open_form(translator).type("Read on", "Continuer").post(translator)
    assert waits(translator)
    return translator


def waits(client):
    return "waits to be written" in text_of(soup(client.get(FRENCH)))


def put_in_file(locale, source, *texts):
    file = read_catalogue(french(locale))
    set_translation(file.find(source), texts)
    write_whole({french(locale): str(file).encode()})


def test_words_that_wait_are_taken_back_by_those_of_the_file(waiting, saved_text):
    open_form(waiting).type("Read on", "Lire la suite").post(waiting)

    assert not waits(waiting)
    assert open_form(waiting).texts("Read on") == ["Lire la suite"]
    assert saved_text("Read on") == "Lire la suite"


def test_a_form_opened_before_takes_nothing_back(translator, monkeypatch):
    before = open_form(translator).type("By %(name)s", "De %(name)s")
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", _refuse)
        open_form(translator).type("Read on", "Continuer").post(translator)

    before.post(translator)

    assert waits(translator)
    assert open_form(translator).texts("Read on") == ["Continuer"]


@pytest.mark.parametrize("is_shown_first", [True, False])
def test_words_that_the_file_has_by_now_wait_no_longer(waiting, locale, is_shown_first):
    form = open_form(waiting)
    put_in_file(locale, "Read on", "Continuer")
    if not is_shown_first:
        form.post(waiting)
    assert not waits(waiting)

    put_in_file(locale, "Read on", "Poursuivre")

    assert not waits(waiting)
    assert open_form(waiting).texts("Read on") == ["Poursuivre"]


def test_words_for_a_text_that_is_gone_are_not_counted(waiting, locale):
    file = read_catalogue(french(locale))
    file.remove(file.find("Read on"))
    write_whole({french(locale): str(file).encode()})

    assert not waits(waiting)


def test_words_that_are_too_few_by_now_are_not_in_the_download(waiting, locale):
    file = read_catalogue(french(locale))
    entry = file.find("Read on")
    entry.msgid_plural, entry.msgstr_plural, entry.msgstr = "Read all", {0: "un", 1: "des"}, ""
    write_whole({french(locale): str(file).encode()})

    downloaded = polib.pofile(waiting.get(DOWNLOAD).content.decode())

    assert downloaded.find("Read on").msgstr_plural == {0: "un", 1: "des"}
    assert open_form(waiting).texts("Read on") == ["Continuer", ""]


def test_words_that_are_too_many_by_now_are_not_in_the_download(translator, locale, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", _refuse)
        open_form(translator).type("%(count)s page", "une", "%(count)s").post(translator)
    file = read_catalogue(french(locale))
    entry = file.find("%(count)s page")
    entry.msgid_plural, entry.msgstr_plural, entry.msgstr = "", {}, "%(count)s p."
    write_whole({french(locale): str(file).encode()})

    downloaded = polib.pofile(translator.get(DOWNLOAD).content.decode())

    assert downloaded.find("%(count)s page").msgstr == "%(count)s p."


def _refuse(*arguments):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
