"""Files are replaced whole, nobody's words are lost, and a read-only server says so."""

import errno
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polib
import pytest

from articles.catalogues import read_catalogue, write_whole
from articles.words.entries import digest_of, entries_by_key, forms_of, key_of
from articles.words.files import catalogues_in
from articles.words.saving import Change, save
from tests.articles.admin.html import messages, soup, text_of
from tests.articles.words.conftest import make_translator
from tests.articles.words.form import FRENCH, WordsForm, open_form

ROOT = Path(__file__).resolve().parents[3]
DOWNLOAD = f"{FRENCH}download/"


def french(locale):
    return locale / "fr" / "LC_MESSAGES" / "django.po"


# Two people


@pytest.mark.django_db
def test_two_forms_open_at_once_keep_one_anothers_words(translator, words_of):
    mine, theirs = open_form(translator), open_form(translator)

    mine.type("Read on", "Continuer").post(translator)
    theirs.type("By %(name)s", "De %(name)s").post(translator)

    assert words_of("Read on") == "Continuer"
    assert words_of("By %(name)s") == "De %(name)s"


@pytest.mark.django_db
def test_the_same_words_changed_twice_are_shown_before_they_are_replaced(translator, words_of):
    mine, theirs = open_form(translator), open_form(translator)
    mine.type("Read on", "Continuer").post(translator)

    again = WordsForm(theirs.type("Read on", "Poursuivre").post(translator))

    assert words_of("Read on") == "Continuer"
    assert "to “Continuer”" in again.reason("Read on")
    assert again.texts("Read on") == ["Poursuivre"]
    again.post(translator)
    assert words_of("Read on") == "Poursuivre"


def test_many_at_the_same_moment(locale):
    path = french(locale)
    file = read_catalogue(path)
    for number in range(12):
        file.append(polib.POEntry(msgid=f"Word {number}", msgstr="mot"))
    write_whole({path: str(file).encode()})
    (catalogue,) = catalogues_in("fr")
    together = threading.Barrier(12)

    def change(number):
        together.wait(10)
        entry = catalogue.read().find(f"Word {number}")
        typed = Change(key_of(entry), (f"mot {number}",), digest_of(forms_of(entry)))
        return save(catalogue, [typed], "somebody")

    with ThreadPoolExecutor(12) as people:
        outcomes = list(people.map(change, range(12)))

    assert all(outcome.saved and not outcome.obstacle for outcome in outcomes)
    saved = polib.pofile(str(path))
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    for number in range(12):
        assert saved.find(f"Word {number}").msgstr == f"mot {number}"
        assert compiled.find(f"Word {number}").msgstr == f"mot {number}"


# A process that is killed

KILLED = """
import os, signal, sys
from pathlib import Path
from articles import catalogues

def die(*paths):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(*{where}, die)
path = Path(sys.argv[1])
catalogues.write_whole({{path: b"half", path.with_suffix(".mo"): b"half"}})
"""


@pytest.mark.parametrize("where", ["(os, 'fsync')", "(os, 'replace')"])
def test_a_killed_process_leaves_the_old_file(locale, where):
    path = french(locale)
    before = {each: each.read_bytes() for each in (path, path.with_suffix(".mo"))}

    process = subprocess.run(
        [sys.executable, "-c", KILLED.format(where=where), str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=60,
    )

    assert process.returncode == -signal.SIGKILL
    assert {each: each.read_bytes() for each in before} == before
    assert [catalogue.path for catalogue in catalogues_of(locale)] == [path]


def catalogues_of(locale):
    return catalogues_in("fr")


def test_nothing_but_the_words_changes_in_the_file(locale, words_of):
    path = french(locale)
    path.chmod(0o664)
    (catalogue,) = catalogues_in("fr")
    path.write_bytes(str(read_catalogue(path)).encode())
    before = path.read_text(encoding="utf-8")
    entry = catalogue.read().find("Read on")
    change = Change(key_of(entry), ("Continuer",), digest_of(forms_of(entry)))

    save(catalogue, [change], "somebody")

    assert path.read_text(encoding="utf-8") == before.replace("Lire la suite", "Continuer")
    assert path.stat().st_mode & 0o777 == 0o664
    assert sorted(each.name for each in path.parent.iterdir()) == ["django.mo", "django.po"]


# A file system that cannot be written


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
    assert WordsForm(shown).texts("Read on") == ["Continuer"]
    download = stuck.get(DOWNLOAD)
    assert "attachment" in download["Content-Disposition"]
    file = polib.pofile(download.content.decode())
    assert file.find("Read on").msgstr == "Continuer"
    assert file.find("%(count)s page").msgstr_plural == {0: "une", 1: "%(count)s"}
    assert file.find("By %(name)s").msgstr == "Par %(name)s"


def test_a_wrong_text_is_refused_there_as_well(stuck):
    form = open_form(stuck).type("Read on", "Continuer").type("By %(name)s", "Par")

    again = WordsForm(form.post(stuck))

    assert "%(name)s is missing" in again.reason("By %(name)s")
    assert again.texts("By %(name)s") == ["Par"]
    assert polib.pofile(stuck.get(DOWNLOAD).content.decode()).find("Read on").msgstr == "Continuer"


@pytest.mark.django_db
def test_words_that_waited_are_written_once_they_can_be(translator, words_of, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", _refuse)
        open_form(translator).type("Read on", "Continuer").post(translator)
    assert words_of("Read on") == "Lire la suite"

    open_form(translator).post(translator)

    assert words_of("Read on") == "Continuer"
    assert "wait to be written" not in text_of(soup(translator.get(FRENCH)))


@pytest.mark.django_db
def test_what_was_typed_waits_where_the_folder_cannot_be_locked(translator, words_of, monkeypatch):
    form = open_form(translator).type("Read on", "Continuer").type("By %(name)s", "Par")
    with monkeypatch.context() as patch:
        patch.setattr("django.core.files.locks.lock", _refuse)
        again = WordsForm(form.post(translator))
    assert "%(name)s is missing" in again.reason("By %(name)s")
    assert words_of("Read on") == "Lire la suite"

    shown = translator.get(FRENCH)

    assert "1 changed text waits to be written." in text_of(soup(shown))
    assert WordsForm(shown).texts("Read on") == ["Continuer"]


def _refuse(*arguments):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_keys_tell_contexts_apart(locale):
    (catalogue,) = catalogues_in("fr")
    file = catalogue.read()
    file.append(polib.POEntry(msgid="Share", msgctxt="noun", msgstr="Part"))

    assert len(entries_by_key(file)) == len(file)
