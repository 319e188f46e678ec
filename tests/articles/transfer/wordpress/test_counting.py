"""What an import says of the words that went in and came out, and words that were lost before."""

import json

import pytest
from django.urls import reverse

from diptych.articles.imported_documents.counting import counted
from diptych.articles.transfer.models import ImportRun
from diptych.articles.transfer.report import Report
from diptych.articles.transfer.wordpress.export import Export
from diptych.articles.transfer.wordpress.importing import WordPressImport
from tests.articles.transfer.wordpress.imports import item, paragraphs
from tests.articles.transfer.wordpress.posts import read
from tests.wordpress_exports import write_items


def test_words_that_a_reader_loses_stand_first_in_the_report(journal, admin, tmp_path, in_english):
    def careless(content, **others):
        return paragraphs(content.replace("deux", ""), **others)

    text = item(1, "fr", content="<p>Un deux trois.</p>")
    path = write_items(tmp_path, text)
    report = Report()
    WordPressImport(Export([path]), journal.site, report=report, convert=careless).run()
    said = report.as_dict()
    assert said["words"] == {"before": 3, "after": 2, "missing": 1}
    assert said["words_of_items"] == [{"id": "1", "language": "fr", **said["words"]}]
    assert said["notes"][0] == {
        "id": "1",
        "kind": "words",
        "detail": "1 of 3: deux",
        "line": None,
    }
    run = ImportRun.objects.create(state="done", report=json.dumps(said))
    page = admin.get(reverse("diptych_imports:run", args=[run.pk])).content.decode()
    assert page.index("Titre 1 (1) · 1 of 3: deux") < page.index("What became of each item")


@pytest.mark.parametrize(
    ("source", "made", "left_out", "missing"),
    [
        ("one two two", "two one", [], ["two"]),
        ("one two", "one", ["Two"], []),
        ("l es bateaux", "les bateaux", [], []),
        ("lesbateaux", "les bateaux", [], []),
        ("soft\u00adhyphen", "softhyphen", [], []),
        ("one two three", "three added one", [], ["two"]),
    ],
)
def test_words_are_counted_however_they_are_joined(source, made, left_out, missing):
    assert counted(source, made, left_out).missing == missing


def test_words_that_were_struck_through_are_named(db):
    assert "struck" in read("<del>10</del> <ins>12</ins>")[1]


@pytest.mark.parametrize("start", ["[code]", '<pre lang="c">', "[youtube ", "<ol start=2><li>"])
def test_what_never_ends_is_read_in_time(db, start):
    assert read(start * 400 + "end")[0]
