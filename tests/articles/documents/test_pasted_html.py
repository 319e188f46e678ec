"""Texts of other programs as blocks: structure is kept, what belongs to the program is not."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from articles.documents.html import DocumentRefused, blocks_from_html

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def converted(html, language="fr", **options):
    """What becomes of ``html``, its blocks without the keys of the editor."""
    found = blocks_from_html(html, language=language, **options)
    found.blocks = [
        (kind, re.sub(r' data-block-key="[^"]*"', "", value) if kind == "paragraph" else value)
        for kind, value in found.blocks
    ]
    return found


def sample(name, language="fr"):
    return converted((SAMPLES / f"{name}.html").read_text(encoding="utf-8"), language)


def test_word_keeps_headings_marks_lists_tables_quotations_and_notes():
    found = sample("word")
    table = {
        "data": [["Mois", "", "Bateaux"], ["Janvier", "2025", "7"]],
        "cell": [{"row": 0, "col": 1, "hidden": True}],
        "mergeCells": [{"row": 0, "col": 0, "rowspan": 1, "colspan": 2}],
        "first_row_is_table_header": False,
        "first_col_is_header": False,
        "table_header_choice": "neither",
        "table_caption": "",
    }
    picture = {"image": None, "alt": "", "caption": "", "decorative": False}
    assert found.blocks == [
        ("heading", {"text": "Le port, l’hiver", "level": "h2"}),
        (
            "paragraph",
            "<p>Les bateaux restent à quai. On compte <b>douze coques</b> et <i>trois</i>"
            " gardiens\xa0; l’eau est à 4<sup>o</sup>C"
            "<footnote> Relevé du <i>carnet</i> de bord.</footnote>.</p>",
        ),
        ("heading", {"text": "Ce qu’on entend", "level": "h3"}),
        (
            "paragraph",
            "<ul><li>les drisses contre les mâts<ul><li>surtout la nuit</li></ul></li>"
            '<li>la pompe de la capitainerie, décrite <a href="https://port.example/pompe">ici</a>'
            " et là</li></ul>",
        ),
        ("table", {"caption": "Tableau 1 – Entrées du port", "table": table, "source": ""}),
        (
            "quotation",
            {"text": "On n’ouvre pas la cale avant mars.", "attribution": "", "source": ""},
        ),
        ("image", picture),
    ]
    assert [note.partition(" “")[2] for note in found.notes] == ["Quai au matin”", "là”"]


def test_google_docs_is_bold_where_its_styles_say_so():
    found = sample("google_docs", "en")
    assert found.blocks == [
        ("heading", {"text": "The night shift", "level": "h2"}),
        (
            "paragraph",
            "<p>At ten the <b>presses</b> start, says <i>everybody</i>, and the"
            ' <a href="https://mill.example/log?day=3">log</a> agrees.'
            "<footnote> Kept by hand.</footnote></p>",
        ),
        ("paragraph", "<ul><li>ink<ul><li>black</li></ul></li><li>paper</li></ul>"),
    ]
    assert found.notes == ["A comment was left out."]


def test_a_text_beyond_the_limit_is_refused():
    with pytest.raises(DocumentRefused, match="at most 2"):
        blocks_from_html("<p>x" + " " * 2_000_000, language="fr")
