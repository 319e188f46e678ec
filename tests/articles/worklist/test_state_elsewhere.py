"""Other lists of pages say how far a translation is, where its state does not say it all."""

import csv
import io

import pytest
from django.urls import reverse

from tests.articles.admin.html import table
from tests.articles.worklist.people import in_progress, missing, outdated, up_to_date
from tests.tiers import one_row_of


@pytest.fixture
def lists(journal):
    for make in (missing, in_progress, outdated, up_to_date):
        make(journal)
    return [
        reverse("wagtailadmin_explore", args=(journal.articles.pk,)),
        reverse("diptych_articles:index"),
    ]


def test_lists_say_it_beside_the_state(lists, as_chief):
    for address in lists:
        shown = {title: row["English"] for title, row in table(as_chief.get(address)).items()}
        assert shown == {
            "Le lac gèle": "English: Missing",
            "Le pont": "English: Draft In progress",
            "La neige": "English: Live Out of date",
            "Le train": "English: Live",
        }


@pytest.mark.parametrize(
    ("progress", "found"),
    one_row_of(
        [("outdated", {"La neige"}), ("in_progress", {"Le pont"}), ("to_review", set())], "rare"
    ),
)
def test_lists_can_be_filtered_by_it(lists, as_chief, progress, found):
    for address in lists:
        assert set(table(as_chief.get(address, {"language_en": progress}))) == found


def test_exports_have_a_column_for_it(lists, as_chief):
    response = as_chief.get(reverse("diptych_articles:index"), {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    rows = {row["Title"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["La neige"]["Translation (English)"] == "Out of date"
    assert rows["La neige"]["State (English)"] == "Live"
    assert rows["La neige"]["Translation (French)"] == "Original"
