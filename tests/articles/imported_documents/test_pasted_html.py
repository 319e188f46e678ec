"""Texts of other programs as blocks: structure is kept, what belongs to the program is not."""

import re
import time
from pathlib import Path

import pytest

from diptych.articles.imported_documents.html import DocumentRefused, blocks_from_html
from tests.samples import as_json, expected_of, samples_in, text_of

pytestmark = pytest.mark.usefixtures("in_english")

SAMPLES = Path(__file__).parent / "samples"


def outline(html, language="fr", **options):
    """The blocks of ``html``, each with what one reads of it, and what was left out."""
    found = blocks_from_html(html, language=language, **options)
    return [(kind, _read(kind, value)) for kind, value in found.blocks], found.notes


def _read(kind, value):
    if kind == "paragraph":
        return re.sub(r' data-block-key="[^"]*"', "", value)
    if kind == "heading":
        return f"{value['level']} {value['text']}"
    if kind == "quotation":
        return (value["text"], value["attribution"])
    if kind == "table":
        return (value["caption"], value["table"]["table_header_choice"], value["table"]["data"])
    assert (value["image"], value["alt"]) == (None, "")
    return value["caption"]


@pytest.mark.parametrize("path", samples_in(SAMPLES))
def test_structure_is_kept_and_what_belongs_to_the_program_is_gone(path):
    expected = expected_of(path)
    found, said = outline(text_of(path), expected["language"])
    assert as_json(found) == expected["blocks"]
    notes = expected["notes"]
    assert [note[: len(begin)] for note, begin in zip(said, notes, strict=True)] == notes


def test_cells_covered_by_a_merged_one_are_empty():
    html = (
        "<table><tr><td colspan=2 rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr>"
        "<tr><td rowspan=9>d</td><td>e</td></tr></table>"
    )
    found = blocks_from_html(html, language="fr")
    [(_kind, value)] = found.blocks
    assert value["table"]["data"] == [["a", "", "b"], ["", "", "c"], ["d", "e", ""]]
    assert (value["table"]["cell"], value["table"]["mergeCells"]) == ([], [])
    assert found.notes == [
        "Merged cells of tables were separated. Check the table that begins with: “a”"
    ]


def test_a_document_has_its_headline_and_lead_by_their_styles():
    html = (SAMPLES / "google_document.html").read_text(encoding="utf-8")
    found = blocks_from_html(html, language="en", with_head=True)
    assert (found.headline, found.lead) == ("Salt and wind", "How the marsh is worked.")
    assert found.blocks[0] == ("heading", {"text": "The pans", "level": "h2"})


@pytest.mark.parametrize(
    ("html", "headline", "lead"),
    [
        ("<h1>Le quai</h1><p><b>Il gèle.</b></p><p>Texte.</p>", "Le quai", "Il gèle."),
        ("<p>Le quai</p><p><i>Il gèle.</i></p><p>Texte.</p>", "Le quai", "Il gèle."),
        ("<p>Le quai</p><p>Texte <b>ici</b>.</p><p>Encore.</p>", "Le quai", ""),
        ("<p>Une phrase entière.</p><p>Texte.</p>", "", ""),
        ("<p>Seul</p>", "", ""),
        (f"<h1>{'long ' * 60}</h1><p>Texte.</p>", "", ""),
    ],
)
def test_a_headline_stands_first_and_a_lead_is_set_apart(html, headline, lead):
    found = blocks_from_html(html, language="fr", with_head=True)
    assert (found.headline, found.lead) == (headline, lead)
    said = " ".join(found.notes)
    assert ("No headline" in said, "No lead" in said) == (not headline, not lead)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<script>x</script><style>y</style><!-- z --></p>", "<p>a</p>"),
        ('<p onclick="x()">a <b><b>b</b></b></p>', "<p>a <b>b</b></p>"),
        ("<p>a <footnote data-note='<script>'>b</footnote></p>", "<p>a b</p>"),
        ("<diptych-note data-note='<script>x</script>y'></diptych-note>a", "<p>a</p>"),
        ('<p><a href="javascript:x">a</a></p>', "<p>a</p>"),
        ('<p><a href="https://a.example/&quot;&gt;&lt;x">a</a></p>', "&quot;&gt;&lt;x"),
        ("<p>1 &lt; 2 &amp;amp; 3</p>", "<p>1 &lt; 2 &amp;amp; 3</p>"),
        ("<p>un\ud800 deux\0</p>", "<p>un\ufffd deux</p>"),
        ("<p>a<p>b<ul><li>c<li>d", "<li>d</li>"),
        ("<p style='display:none'>x</p><p hidden>y</p>a", "<p>a</p>"),
        ("", None),
        ("<p>\xa0</p><p><br></p><div><span> </span></div>", None),
    ],
)
def test_markup_that_is_broken_or_made_up(html, text):
    found, _notes = outline(html)
    stored = "".join(value for _kind, value in found)
    assert text in stored if text else not found
    assert "script>" not in stored and "onclick" not in stored


def test_a_note_keeps_its_words_in_another_language():
    html = (
        '<p>Le mot<a href="#n" id="r">1</a>.</p>'
        '<p id="n"><a href="#r">1</a> En allemand <i lang="de">das Eis</i>.</p>'
    )
    found, _notes = outline(html)
    assert found == [
        ("paragraph", "<p>Le mot<footnote> En allemand <i>das Eis</i>.</footnote>.</p>")
    ]
    assert outline(html.replace("#", "x#").replace("1</a>", "[1]</a>"))[0] == found
    listed = '<p>Le mot [1].</p><p>Fin.</p><p>[1] En <i lang="de">Eis</i>.</p>'
    assert outline(listed)[0][0][1] == "<p>Le mot<footnote> En <i>Eis</i>.</footnote>.</p>"


def test_a_list_goes_on_after_one_of_another_type_inside_it():
    html = "<ol><li>un<ul><li>deux<ol><li>trois</li></ol></li></ul></li><li>quatre</li></ol>"
    assert outline(html)[0] == [("paragraph", html)]


def test_a_line_break_parts_a_link():
    found, _notes = outline('<p><a href="https://x.example/">un<br>deux</a></p>')
    link = '<a href="https://x.example/">{}</a>'
    assert found[0][1] == f"<p>{link.format('un')}<br/>{link.format('deux')}</p>"


def test_a_note_in_a_heading_or_a_table_is_named():
    note = '<a href="#n{0}" id="r{0}">[{0}]</a>'
    body = '<p id="n{0}"><a href="#r{0}">[{0}]</a> Voir {0}.</p>'
    html = (
        f"<h2>Le quai{note.format(1)}</h2><table><tr><td>a{note.format(2)}</td><td>b</td></tr>"
        f"</table>{body.format(1)}{body.format(2)}"
    )
    found, notes = outline(html)
    assert found == [("heading", "h2 Le quai"), ("table", ("", "neither", [["a", "b"]]))]
    assert [note.partition(": ")[2] for note in notes] == ["“Voir 2.”, “Voir 1.”"]


def test_notes_without_their_list_and_links_to_headings_stay_as_words():
    html = '<p>Texte [1] et <a href="#x">2</a>.</p><h2 id="x">2 Suite</h2><p>Fin [1].</p>'
    found, _notes = outline(html)
    assert [value for _kind, value in found] == [
        "<p>Texte [1] et 2.</p>",
        "h2 2 Suite",
        "<p>Fin [1].</p>",
    ]


def test_a_very_long_text_shares_blocks_and_a_table_has_a_limit():
    found, notes = outline("<p>Une phrase.</p>" * 500)
    assert len(found) == 50
    assert found[0] == ("paragraph", "<p>Une phrase.</p>" * 10)
    assert notes == ["The text is very long: neighbouring paragraphs share a block."]
    found, notes = outline("<table>" + "<tr><td>x</td></tr>" * 5001 + "</table>")
    assert found == [] and notes[0].startswith("Tables that are too large")


NOTES = "".join(f'<a href="#n{number}" id="r{number}">1</a>' for number in range(1001)) + "".join(
    f'<p id="n{number}"><a href="#r{number}">1</a> x</p>' for number in range(1001)
)
REFUSED = {
    "characters": ("<p>x" + " " * 2_000_000, "at most 2,000,000 characters"),
    "elements": ("<br>" * 15_001, "15,001 elements; at most 15,000"),
    "lines": ("<pre>x" + "\n" * 15_000, "15,001 elements; at most 15,000"),
    "levels": ("<div>" * 1001, "too deeply: at most 1,000 levels"),
    "levels of all": ("<div>" * 900 + "<b></b>" * 900, "too deeply"),
    "footnotes": (NOTES, "1,001 footnotes; at most 1,000"),
    "listed footnotes": ("<p>a" + " [1]" * 1001 + "</p><p>[1] x</p>", "1,001 footnotes"),
    "blocks": ("<h2>x</h2>" * 1001, "1,001 blocks; at most 1,000"),
    "runs": ("<p>" + "<b>a</b>x" * 1001, "2,002 line breaks, notes and changes"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_text_beyond_the_limits_is_refused_with_the_limit(name):
    html, reason = REFUSED[name]
    with pytest.raises(DocumentRefused, match=reason):
        blocks_from_html(html, language="fr")


def linked(number, text="{0}", note="<p id='n{0}'><a href='#r{0}'>{0}</a> x</p>"):
    """A paragraph with ``number`` footnotes."""
    signs = "".join(f"<a href='#n{each}' id='r{each}'>{each}</a>" for each in range(number))
    return f"<p>a{signs}</p>" + "".join(note.format(each) for each in range(number))


#: As much as is read at once, of what has taken readers of markup long; and what is refused.
LARGE = {
    "line breaks": "<p>a" + "<br>" * 14_000,
    "too many line breaks": "<p>a" + "<br>" * 200_000,
    "footnotes": "".join(linked(1).replace("0", f"{each}") for each in range(900)),
    "too many footnotes": linked(20_000),
    "notes with many signs": linked(990, note="") + "<p id='n0'>0 x</p>",
    "notes linked to each other": linked(
        990, note="<p id='n{0}'>{0} <a href='#n0' id='r{0}'>{0}</a></p>"
    ),
    "too many linked to each other": linked(
        8000, note="<p id='n{0}'>{0} <a href='#n0' id='r{0}'>{0}</a></p>"
    ),
    "notes in notes": "".join(
        f"<div id='n{each}'><a href='#n{each + 1}' id='r{each}'>1</a>" for each in range(990)
    ),
    "levels": "<div>" * 990 + "x",
    "too many levels": "<div>" * 5000,
    "lists in lists": "<ul><li>x" * 490,
    "paragraphs": f"<p>{'Mot ' * 100}</p>" * 500,
    "short paragraphs": "<p>a</p>" * 14_000,
    "long paragraphs": f"<p>{'Mot ' * 100_000}</p>" * 4,
    "marks": ("<p>" + "<b>a</b>x" * 990 + "</p>") * 14,
    "links": ("<p>" + "<a href='https://a.example/'>a</a> x" * 900 + "</p>") * 14,
    "pictures": "<img src='a.png'>" * 990,
    "tables": "<table><tr><td>a</td><td>b</td></tr></table>" * 990,
    "a table": "<table>" + ("<tr>" + "<td>a<b>b</b></td>" * 10 + "</tr>") * 490 + "</table>",
    "tables in tables": "<table><tr><td>a</td><td>" * 240,
    "spaces": "<p>" + "\u00a0 " * 900_000,
    "lines": ("<pre>" + "a\n" * 990 + "</pre>") * 14,
    "too many lines in one": "<pre>" + "a\n" * 14_000,
    "too many lines": "<pre>" + "\n" * 1_900_000,
    "signs": "a < b " * 300_000,
    "characters by number": "&#x41;" * 320_000,
    "attributes": "<p " + " ".join(f"a{each}=1" for each in range(150_000)) + ">x",
}


@pytest.mark.odd
@pytest.mark.parametrize("name", LARGE)
def test_large_and_made_up_texts_are_read_or_refused_in_linear_time(name):
    began = time.process_time()
    try:
        outline(LARGE[name])
    except DocumentRefused as refusal:
        assert "at most" in str(refusal)
    # On a machine that does nothing else each takes less than two; in quadratic time, a minute.
    assert time.process_time() - began < 15


@pytest.mark.parametrize(
    "html", ["<a " * 20_000, "<!" * 20_000, "<!--" * 20_000, "<p><b>a</b>" * 900]
)
def test_markup_that_slows_parsers_is_read_at_once(html):
    outline(html)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<diptych-note></diptych-note></p>", "<p>a</p>"),
        (
            '<p>a<diptych-note data-note="&lt;img src=x onerror=go()&gt;">b</diptych-note></p>',
            "<p>ab</p>",
        ),
        ('<p><span style="font-weight: ²">a</span></p>', "<p>a</p>"),
        (f'<p><span style="font-weight: {"9" * 5000}">a</span></p>', "<p>a</p>"),
        (f"<p>a&#{'9' * 5000};</p>", "<p>a\ufffd</p>"),
        (f"<p>a&#{'0' * 5000}65;</p>", "<p>a\ufffd</p>"),
    ],
    ids=["sign", "sign with a note", "weight", "long weight", "character", "long character"],
)
def test_markup_made_to_break_the_reader(html, text):
    assert outline(html) == ([("paragraph", text)], [])


def test_a_long_raised_number_cites_no_note():
    found, _notes = outline(f"<p>a<sup>{'9' * 5000}</sup></p><p>[1] Une note.</p>")
    assert found[1] == ("paragraph", "<p>[1] Une note.</p>")


@pytest.mark.odd
def test_tables_in_captions_are_read_as_text():
    table = "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr><caption>"
    found, _notes = outline(table * 200 + "Fin")
    assert [kind for kind, _value in found] == ["paragraph", "table"]
    assert "a b c a b c" in found[0][1]
