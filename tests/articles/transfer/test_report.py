import json

import pytest
from django.utils import translation

from diptych.articles.transfer.notes import LABELS, grouped, printed
from diptych.articles.transfer.report import Outcome, Report


def test_counts_add_up_to_the_items(tmp_path):
    report = Report()
    report.add(1, "post", "fr", Outcome.CREATED, page=7)
    report.add(2, "post", "en", "failed", "Sans titre")
    report.add(3, "attachment", None, "skipped")
    report.note(1, "unknown block", "acme/map")
    report.write(tmp_path / "report.json")

    said = json.loads((tmp_path / "report.json").read_text())
    assert sum(said["counts"].values()) == len(said["items"]) == 3
    assert said["counts"] == {
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "skipped": 1,
        "failed": 1,
        "conflict": 0,
    }
    assert said["items"][1] == {
        "id": "2",
        "type": "post",
        "language": "en",
        "outcome": "failed",
        "reason": "Sans titre",
        "page": None,
        "title": "",
    }
    assert said["notes"] == [
        {"id": "1", "kind": "unknown block", "detail": "acme/map", "line": None}
    ]
    assert report.has_failed


def test_an_item_is_counted_once():
    report = Report()
    report.add(1, "post", "fr", "failed", "…")
    report.add("1", "post", "fr", "created", page=1)
    assert [each.outcome for each in report.entries] == ["created"]
    assert not report.has_failed


def test_an_unknown_outcome_is_refused():
    with pytest.raises(ValueError, match="done"):
        Report().add(1, "post", "fr", "done")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_kinds_of_notes_start_with_a_capital_letter(language):
    report = Report()
    for number, kind in enumerate(LABELS):
        report.note(number, kind, "…")
    report.add("a", "post", "fr", Outcome.SKIPPED, "Elsewhere")
    with translation.override(language):
        labels = [group.label for group in grouped([*report.notes, *report.reasons])]
        lines = list(printed([*report.notes, *report.reasons]))
    assert len(labels) == len(LABELS) + 1
    assert [label for label in labels if not label[0].isupper()] == []
    assert all(f"({label})" in line for label, line in zip(labels, lines, strict=True))
