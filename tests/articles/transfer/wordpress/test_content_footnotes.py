"""Footnotes of posts, in each of the ways in which they are written."""

import pytest

from tests.articles.transfer.wordpress.posts import p, read, wp

FOOTNOTES = (
    '[{"content":"See <em>here</em>.","id":"a1"},'
    '{"content":"And <a href=\\"https://x.example/\\">there</a>.","id":"b2"}]'
)
NOTED = [
    p(
        "One<footnote> See <i>here</i>.</footnote> two"
        '<footnote> And <a href="https://x.example/">there</a>.</footnote>.'
    )
]


def signed(number, key):
    link = f'<a href="#{key}" id="{key}-link">{number}</a>'
    return f'<sup data-fn="{key}" class="fn">{link}</sup>'


@pytest.mark.parametrize("end", ["<!-- wp:footnotes /-->", ""])
def test_the_footnotes_of_the_block_editor(db, end):
    text = wp("paragraph", f"<p>One{signed(1, 'a1')} two{signed(2, 'b2')}.</p>")
    assert read(text + end, footnotes=FOOTNOTES)[0] == NOTED


ANCHORED = {
    "of Word, in lines": (
        'One<a href="#_ftn1" name="_ftnref1">[1]</a> two'
        '<a href="#_ftn2" name="_ftnref2">[2]</a>.\n\n'
        '<a href="#_ftnref1" name="_ftn1">[1]</a> See <em>here</em>.\n\n'
        '<a href="#_ftnref2" name="_ftn2">[2]</a> And <a href="https://x.example/">there</a>.'
    ),
    "in a list": (
        '<p>One<sup id="r1"><a href="#n1">1</a></sup> two'
        '<sup id="r2"><a href="#n2">2</a></sup>.</p>'
        '<h2>Notes</h2><ol><li id="n1">See <em>here</em>. <a href="#r1">↩</a></li>'
        '<li id="n2">And <a href="https://x.example/">there</a>. <a href="#r2">↩</a></li></ol>'
    ),
    "as numbers in brackets": (
        "One[1] two[2].\n\nNotes\n\n[1] See <em>here</em>.\n\n"
        '[2] And <a href="https://x.example/">there</a>.'
    ),
    "as shortcodes": (
        "One[footnote]See <em>here</em>.[/footnote] two"
        '[ref]And <a href="https://x.example/">there</a>.[/ref].'
    ),
}


@pytest.mark.parametrize("name", ANCHORED)
def test_footnotes_of_other_kinds(db, name):
    found = read(ANCHORED[name])[0]
    assert found == NOTED


def test_a_footnote_of_the_block_editor_is_cleaned(db):
    bad = '[{"content":"a<script>alert(1)</script> <a href=\\"javascript:x\\">b</a>","id":"a1"}]'
    assert read(f"<p>One{signed(1, 'a1')}</p>", footnotes=bad)[0] == [
        p("One<footnote> a b</footnote>")
    ]


def test_footnotes_of_a_text_without_signs_are_a_list(db):
    listed = "<ol><li>See <i>here</i>.</li>"
    assert read("Text", footnotes=FOOTNOTES)[0][1][1].startswith(listed)
