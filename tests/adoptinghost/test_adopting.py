"""A site in one language gets the mixin: its pages go on answering, and its history is kept."""

import json
import shutil

import pytest

from tests.adoptinghost.test_own_page_types import HERE, run
from tests.wagtail_database import copy_wagtail_database

pytestmark = pytest.mark.hosts


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The site in one language with its content, and the code with which it gets the mixin."""
    folder = tmp_path_factory.mktemp("written")
    shutil.copytree(HERE / "before", folder, dirs_exist_ok=True)
    shutil.copytree(HERE / "steps", folder / "steps")
    copy_wagtail_database(folder / "site.sqlite3")
    run(folder, folder / "steps" / "write_content.py")
    shutil.copytree(HERE / "after", folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def folder(written, tmp_path_factory):
    return shutil.copytree(written, tmp_path_factory.mktemp("site"), dirs_exist_ok=True)


@pytest.fixture(scope="module")
def facts(folder):
    """What the site answered and kept, before and after ``diptych_adopt``."""
    return told(run(folder, "-m", "steps.adopt"))


def told(said):
    return json.loads(said.strip().splitlines()[-1])


OLD = ("about/", "about/party/", "imported/", "about-again/", "secret/")


def test_pages_answer_from_the_moment_their_columns_are_there(facts):
    before = facts["before"]
    assert before["old"] == {path: [301, f"/en/{path}"] for path in OLD}
    public = {path: answer[0] for path, answer in before["english"].items() if path != "secret/"}
    assert public == dict.fromkeys(set(OLD) - {"secret/"}, 200)
    assert before["english"]["secret/"][0] == 302
    assert "Who we are." in before["text"]
    assert "Ann, host" in before["event"]
    assert "6 pages of the type clientsite.AboutPage" in facts["migrated"]


def test_no_text_appears_in_another_language(facts):
    german = {path: answer[0] for path, answer in facts["before"]["german"].items()}
    assert german == dict.fromkeys(OLD, 404) | {"secret/": 302}
    assert facts["before"]["draft"] == "Who we shall be."
    assert not facts["before"]["german draft"]
    assert facts["source"] == "en"


def test_a_dry_run_changes_nothing_and_a_second_run_finds_nothing(facts):
    assert "Revisions to convert: 5." in facts["dry"]
    assert facts["untouched"]
    assert [text.strip() for text in facts["again"]] == ["There is nothing to adopt."] * 2


def test_drafts_history_and_comments_become_those_of_the_language(facts):
    assert facts["history"] == ["Who we were.", "Who we are.", "Who we shall be."]
    assert facts["changed"] == [["en"]] * 3
    assert facts["speakers"] == "host"
    assert set(facts["comments"]) == {"introduction_en"}
    assert facts["meta_title"] == "About the client"
    assert facts["states"] == ["changed", "missing", "original", "missing"]


def test_dates_locks_and_privacy_are_kept(facts):
    assert facts["scheduled"] == "Later"
    assert facts["locked"] is True
    assert facts["private"] is True


def test_every_address_still_answers(facts):
    assert facts["old"] == facts["before"]["old"]
    assert facts["english"] == facts["before"]["english"]
    assert "corrected: 0" in facts["checked"]


@pytest.fixture(scope="module")
def released(facts, folder):
    """What ``diptych_release`` says and does once a German text has been written and published."""
    return told(run(folder, "-m", "steps.release"))


@pytest.fixture(scope="module")
def plain_again(released, folder):
    """What the site answers and keeps after the engine has been taken out of its code."""
    shutil.copytree(HERE / "before", folder, dirs_exist_ok=True)
    return told(run(folder, "-m", "steps.plain_again"))


def test_texts_in_other_languages_are_not_left_without_a_word(released):
    assert released["refusals"] == [
        "Nothing has been changed. Export these texts, then use --leave-others."
    ]
    assert released["untouched"] == "Wer wir sind."
    assert [each["live"]["headline"] for each in released["exported"]] == ["Über uns"] * 2
    assert "2 pages have texts in Deutsch, which are left behind." in released["released"]
    assert "0 revisions" in released["again"]


def test_the_engine_goes_on_serving_until_it_is_taken_out(released):
    assert released["served"].pop("german") == [301, "/de/ueber-uns/"]
    assert released["still"] == released["served"]


def test_without_the_engine_the_site_is_what_it_was(plain_again):
    public = {path: answer[0] for path, answer in plain_again["answers"].items()}
    assert public == dict.fromkeys(OLD, 200) | {"secret/": 302}
    assert "Who we are." in plain_again["text"]
    assert "Ann, host" in plain_again["event"]
    assert plain_again["english"]["about/"] == [301, "/about/"]
    assert plain_again["seo"] == "About the client"
    assert plain_again["draft"] == "Who we shall be."
    assert plain_again["history"][:3] == ["Who we were.", "Who we are.", "Who we shall be."]
    assert set(plain_again["comments"]) == {"introduction"}
    assert plain_again["scheduled"] == "Later"
    assert not [name for name in plain_again["columns"] if name.endswith(("_en", "_de"))]


def test_migrate_before_makemigrations_does_nothing_by_halves(written, tmp_path):
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    for _time in range(2):
        said = run(tmp_path, "-m", "django", "migrate")
        assert "clientsite.AboutPage has no columns for its languages yet" in said
    run(tmp_path, "-m", "django", "makemigrations", "clientsite")
    said = run(tmp_path, "-m", "django", "migrate")
    assert "6 pages of the type clientsite.AboutPage" in said


def test_migrate_says_which_new_page_types_have_no_migration(tmp_path):
    shutil.copytree(HERE / "before", tmp_path, dirs_exist_ok=True)
    shutil.copytree(HERE / "after", tmp_path, dirs_exist_ok=True)
    (tmp_path / "clientsite" / "migrations").mkdir()
    (tmp_path / "clientsite" / "migrations" / "__init__.py").touch()
    for _time in range(2):
        said = run(tmp_path, "-m", "django", "migrate")
        assert "clientsite.AboutPage has no columns for its languages yet" in said
