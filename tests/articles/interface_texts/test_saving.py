"""Saving is atomic and keeps concurrent changes."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diptych.articles.caching.atomic_files import write_whole
from diptych.articles.interface_texts.catalogues import (
    entries_by_key,
    entry_key,
    read_catalogue,
    translation_digest,
)
from diptych.articles.interface_texts.saving import Change, save
from diptych.articles.interface_texts.site_catalogues import catalogues_in
from diptych.articles.interface_texts.validation import forms_of
from tests.articles.interface_texts.form import TextsForm, open_form

ROOT = Path(__file__).resolve().parents[3]


def french(locale):
    return locale / "fr" / "LC_MESSAGES" / "django.po"


# Two people


@pytest.mark.django_db
def test_two_forms_open_at_once_keep_one_anothers_words(translator, saved_text):
    mine, theirs = open_form(translator), open_form(translator)

    mine.type("Read on", "Continuer").post(translator)
    theirs.type("By %(name)s", "De %(name)s").post(translator)

    assert saved_text("Read on") == "Continuer"
    assert saved_text("By %(name)s") == "De %(name)s"


@pytest.mark.django_db
def test_keys_of_no_text_do_not_reach_the_database(translator):
    """PostgreSQL fails at a NUL."""
    form = open_form(translator)
    with CaptureQueriesContext(connection) as queries:
        answer = form.post(translator, **{"seen_made\0up": "x", "m_made\0up": "Inventé"})
    assert answer.status_code == 200
    assert "was not saved" in answer.content.decode()
    assert not [each["sql"] for each in queries if "made" in each["sql"]]


@pytest.mark.django_db
def test_the_same_words_changed_twice_are_shown_before_they_are_replaced(translator, saved_text):
    mine, theirs = open_form(translator), open_form(translator)
    mine.type("Read on", "Continuer").post(translator)

    again = TextsForm(theirs.type("Read on", "Poursuivre").post(translator))

    assert saved_text("Read on") == "Continuer"
    assert "to “Continuer”" in again.reason("Read on")
    assert again.texts("Read on") == ["Poursuivre"]
    again.post(translator)
    assert saved_text("Read on") == "Poursuivre"


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
        typed = Change(entry_key(entry), (f"mot {number}",), translation_digest(forms_of(entry)))
        return save(catalogue, [typed], "somebody")

    with ThreadPoolExecutor(12) as people:
        outcomes = list(people.map(change, range(12)))

    assert all(outcome.saved and not outcome.write_error for outcome in outcomes)
    saved = polib.pofile(str(path))
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    for number in range(12):
        assert saved.find(f"Word {number}").msgstr == f"mot {number}"
        assert compiled.find(f"Word {number}").msgstr == f"mot {number}"


# A process that is killed

KILLED = """
import os, signal, sys
from pathlib import Path
from diptych.articles.caching import atomic_files

def die(*paths):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(*{where}, die)
path = Path(sys.argv[1])
atomic_files.write_whole({{path: b"half", path.with_suffix(".mo"): b"half"}})
"""


@pytest.mark.parametrize("where", ["(os, 'fsync')", "(os, 'replace')"])
def test_a_killed_process_leaves_the_old_file(locale, where):
    path = french(locale)
    before = {each: each.read_bytes() for each in (path, path.with_suffix(".mo"))}

    process = subprocess.run(
        [sys.executable, "-c", KILLED.format(where=where), str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "site")},
        check=False,
        timeout=60,
    )

    assert process.returncode == -signal.SIGKILL
    assert {each: each.read_bytes() for each in before} == before
    assert [catalogue.path for catalogue in catalogues_of(locale)] == [path]


def catalogues_of(locale):
    return catalogues_in("fr")


def test_nothing_but_the_words_changes_in_the_file(locale, saved_text):
    path = french(locale)
    path.chmod(0o664)
    (catalogue,) = catalogues_in("fr")
    path.write_bytes(str(read_catalogue(path)).encode())
    before = path.read_text(encoding="utf-8")
    entry = catalogue.read().find("Read on")
    change = Change(entry_key(entry), ("Continuer",), translation_digest(forms_of(entry)))

    save(catalogue, [change], "somebody")

    assert path.read_text(encoding="utf-8") == before.replace("Lire la suite", "Continuer")
    assert path.stat().st_mode & 0o777 == 0o664
    assert sorted(each.name for each in path.parent.iterdir()) == ["django.mo", "django.po"]


def test_keys_tell_contexts_apart(locale):
    (catalogue,) = catalogues_in("fr")
    file = catalogue.read()
    file.append(polib.POEntry(msgid="Share", msgctxt="noun", msgstr="Part"))

    assert len(entries_by_key(file)) == len(file)
