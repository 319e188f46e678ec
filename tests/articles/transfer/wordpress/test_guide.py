"""The guide of moving from WordPress says what is there, and is followed to the letter."""

import json
import re

import pytest
from django.utils import translation

from diptych.articles.transfer.report import Outcome
from tests.articles.transfer.wordpress.guide import guide, steps_by_heading
from tests.programs import ROOT
from tests.servers import checked_python, production_environment

LANGUAGES = ("en", "fr")
BUTTONS = ("Imports", "Import from WordPress", "Start", "Import now", "Import again", "To look at")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_names_outcomes_and_buttons_as_the_screens_do(language):
    text = guide(language)
    rows = re.findall(r"^\| ([^|]+) \|", text.partition("## 5. ")[2], re.M)
    with translation.override(language):
        assert rows[1:] == [str(label) for label in Outcome.labels]
        shown = " ".join(re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", text)).replace("\n", " ")
        assert [each for each in BUTTONS if translation.gettext(each) not in shown] == []


def test_the_guides_have_the_same_commands_and_pictures_of_their_own():
    english, french = (steps_by_heading(language) for language in LANGUAGES)
    assert len(english) == 7
    assert list(english.values()) == list(french.values())
    for language in LANGUAGES:
        pictures = re.findall(r"\]\((images/[^)]+)\)", guide(language))
        assert len(pictures) == 2
        assert all(each.endswith(f".{language}.png") for each in pictures)
        assert [each for each in pictures if not (ROOT / "docs" / each).is_file()] == []


@pytest.mark.processes
def test_the_guide_is_followed_to_the_letter(tmp_path):
    (tmp_path / "site").mkdir()
    environment = production_environment(tmp_path / "site", LOG_LEVEL="CRITICAL")
    program = "tests.articles.transfer.wordpress.followed"
    told = json.loads(
        checked_python(environment, "-m", program, tmp_path / "machine").splitlines()[-1]
    )
    before, trial, report = told["before"], *told["reports"].values()
    assert (tmp_path / "machine/var/backups/diptych/before-moving.zip").is_file()
    # The trial stores nothing, and says what the import does.
    assert told["4. A trial"]["pages"] == before
    assert "Nothing was stored." in told["4. A trial"]["said"]
    assert trial["counts"] == report["counts"]
    assert report["counts"]["failed"] == 0
    assert sum(report["counts"].values()) == len(report["items"])
    created = {each["page"] for each in report["items"] if each["page"]}
    assert told["6. Import"]["pages"] >= before + len(created) > before
    assert told["comments"].startswith("\ufeffItem,Language,Title,Comments")
    # Some old addresses are those of the page here.
    assert set(map(tuple, told["answers"].values())) == {(301, 200), (200, 200)}
    # Again: what is new comes, what an editor changed stays.
    again = told["again"]["counts"]
    assert again["created"] == 2
    assert again["conflict"] >= 1
    assert again["updated"] == again["failed"] == 0
    assert told["edited"] == "Changed by an editor"
    assert told["Go back"]["pages"] == before
    assert told["left"] == []
