"""The commands for translators' files, and what they refuse."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.articles.languages.editor import draft_of
from tests.articles.side_by_side.screen import three_paragraphs
from tests.articles.translation_tools.files import export, translate


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_a_file_that_cannot_be_read_stops_no_other(journal, tmp_path):
    article = three_paragraphs(journal)
    translate(export(tmp_path, article), "xliff", lambda markup: f"{markup} EN")
    (tmp_path / "broken.xlf").write_text("<xliff")
    (tmp_path / "other.po").write_bytes(
        b'msgid ""\nmsgstr "Language: en\\nX-Source-Language: fr\\n"\n'
    )
    with pytest.raises(CommandError, match="could not be read: 2"):
        call_command("import_translations", tmp_path, report=tmp_path / "report.json")
    assert draft_of(article).headline_en == "Le lac EN"
    rows = json.loads((tmp_path / "report.json").read_text())
    unread = {row["file"]: row["reason"] for row in rows if "page" not in row}
    assert set(unread) == {"broken.xlf", "other.po"} and all(unread.values())
    assert {row["page"] for row in rows if "page" in row} == {f"page-{article.pk}"}
    assert {row["status"] for row in rows} == {"taken", "refused"}


@pytest.mark.parametrize("old", ['target-language="en"', 'original="page-'])
def test_a_file_of_another_language_or_page_is_refused(journal, tmp_path, capsys, old):
    path = export(tmp_path, three_paragraphs(journal))
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, old.replace("en", "xx").replace("page-", "p-")))
    with pytest.raises(CommandError, match="could not be read: 1"):
        call_command("import_translations", tmp_path)
    said = capsys.readouterr().out
    assert "no language “xx”" in said or "of no page of this site" in said


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"source": "fr", "target": "xx"}, "no language “xx”"),
        ({"source": "fr", "target": "fr"}, "the same language"),
        ({"source": "fr", "target": "en", "pages": "12,a"}, "--pages takes numbers"),
        ({"source": "fr", "target": "en", "pages": "999999"}, "no page 999999"),
    ],
)
def test_an_export_that_cannot_be_made_is_refused(journal, tmp_path, options, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("export_translations", tmp_path / "files", **options)


def test_a_page_written_in_the_other_language_is_left_out(journal, tmp_path, capsys):
    article = three_paragraphs(journal)
    call_command("export_translations", tmp_path, source="en", target="fr", pages=str(article.pk))
    assert "Pages left out, which are not written in “en” first: 1" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no files for translators"):
        call_command("import_translations", tmp_path)
