"""Words of pasted texts that were lost, and what is said of them."""

import pytest
from django.utils.translation import override

from diptych.articles.imported_documents.docx import html_of_docx
from diptych.articles.imported_documents.html import blocks_from_html
from tests.articles.imported_documents.word import docx, paragraph, run

pytestmark = pytest.mark.django_db


def pasted(html):
    with override("en"):
        found = blocks_from_html(html, language="en")
    return found.blocks, " ".join(found.notes)


def test_what_was_struck_through_is_left_out_and_named():
    blocks, notes = pasted("<p>Costs <s>10</s> <u>12</u> francs.</p>")
    assert ">Costs 12 francs.<" in blocks[0][1]
    assert "struck through were left out: “10”" in notes


def test_long_names_and_titles_of_tables_are_cut_nowhere():
    long = "word " * 60 + "end"
    blocks, notes = pasted(
        f"<blockquote>Said<footer>{long}</footer></blockquote>"
        f"<table><caption>{long}</caption><tr><td>a</td><td>b</td></tr></table>"
        "<table><caption>Alone</caption><tr><td></td><td></td></tr></table>"
    )
    text = str(blocks)
    assert text.count("end") == 2 and "Alone" in text
    assert "no rule says why" not in notes


def test_lists_go_on_where_they_did():
    blocks, _notes = pasted("<ol start='3'><li>C</li><li>D</li></ol>")
    assert [">3. C<" in blocks[0][1], ">4. D<" in blocks[1][1]] == [True, True]


def test_words_that_no_rule_leaves_out_are_named_first(monkeypatch):
    monkeypatch.setattr(
        "diptych.articles.imported_documents.html.text_of_blocks", lambda blocks: "One three"
    )
    _blocks, notes = pasted("<p>One two three <button>four</button></p>")
    assert notes.startswith("A word of the text is missing") and "“two”" in notes


def test_fields_of_word_are_read_and_charts_are_named():
    field = '<w:fldSimple w:instr=" IF 2 &gt; 1 ">' + run("two") + "</w:fldSimple>"
    chart = '<w:r><w:drawing><c:chart xmlns:c="urn:chart"/></w:drawing></w:r>'
    with override("en"):
        word = html_of_docx(docx(paragraph(run("One ") + field + run(" three") + chart)))
        said = " ".join(word.losses.messages())
    assert "One two three" in word.html
    assert "A chart or diagram is missing. It stood behind: “One two three”" in said
    assert "no rule says why" not in said


@pytest.mark.parametrize(
    ("sign", "between"),
    [
        ("<w:cr/>", "<br />"),
        ('<w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/>', "\t"),
        ('<w:br w:type="page"/>', " "),
        ("<w:br w:clear='all' w:type='column'/>", " "),
        ("<w:cr></w:cr>", "<br />"),
        ("<w:ptab w:alignment='right'></w:ptab>", "\t"),
        ("<w:br w:type='page'></w:br>", " "),
    ],
)
def test_signs_between_words_keep_them_apart(sign, between):
    word = html_of_docx(docx(paragraph(f"<w:r><w:t>One</w:t>{sign}<w:t>two</w:t></w:r>")))
    assert f"One{between}two" in word.html
    assert not word.losses.messages()


@pytest.mark.parametrize("twice", ["<w:dstrike/>", "<w:dstrike></w:dstrike>"])
def test_text_struck_out_twice_is_struck_out(twice):
    struck = f"<w:r><w:rPr>{twice}</w:rPr><w:t>two</w:t></w:r>"
    assert "<s>two</s>" in html_of_docx(docx(paragraph(run("One ") + struck))).html


def test_words_that_mammoth_passes_over_are_named():
    unknown = f"<w:unknown>{run('two ')}</w:unknown>"
    with override("en"):
        word = html_of_docx(docx(paragraph(run("One ") + unknown + run("three"))))
        said = " ".join(word.losses.messages())
    assert "A word of the text is missing" in said and "“two”" in said
    assert "of no known kind were left out: “w:unknown”" in said
