"""Journals in other languages than French and English, which may change."""

import sqlite3
from pathlib import Path

import pytest

from tests.migrated import copy_migrated
from tests.programs import run_python

HERE = Path(__file__).parent / "other_languages"
SETTINGS = "tests.articles.languages.other_languages.settings"

pytestmark = pytest.mark.hosts


def run(*arguments, languages, **variables):
    """What a module of Python says in a journal in ``languages``, in a process of its own."""
    variables = {"JOURNAL_LANGUAGES": languages, **variables}
    done = run_python("-m", *arguments, settings=SETTINGS, **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_page_lives_in_three_languages():
    scenarios = str(HERE / "scenarios.py")
    arguments = ("-q", "-n", "0", "-p", "no:cacheprovider", f"--ds={SETTINGS}")
    assert "passed" in run("pytest", *arguments, scenarios, languages="fr,en,de")


@pytest.mark.parametrize("languages", ["de", "en,fr,de,ar,pt-br,zh-hans"])
def test_no_migration_is_missing(languages):
    run("django", "makemigrations", "--check", "--dry-run", languages=languages)


@pytest.mark.usefixtures("django_db_setup")
def test_languages_come_and_go_and_their_texts_stay(tmp_path):
    database = tmp_path / "journal.sqlite3"
    copy_migrated(database)

    def step(name, languages):
        story = "tests.articles.languages.other_languages.story"
        return run(story, name, languages=languages, JOURNAL_DATABASE=str(database))

    step("written", "fr,en")
    assert "diptych_articlepage" in step("german_added", "fr,en,de")
    step("german_removed", "fr,en")
    assert "(it)" in step("italian_instead", "fr,en,it")
    assert "Adding columns" not in step("german_again", "fr,en,de")
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
