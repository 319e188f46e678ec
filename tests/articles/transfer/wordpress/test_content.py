"""Posts as blocks: each markup of ``markup/``, and what depends on more than the post."""

from pathlib import Path

import pytest

from diptych.articles.transfer.wordpress.shortcodes import without_shortcodes
from tests.articles.transfer.wordpress.posts import p, read, wp
from tests.samples import as_json, expected_of, samples_in, text_of

MARKUP = Path(__file__).parent / "markup"
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


@pytest.mark.parametrize("path", samples_in(MARKUP))
def test_markup_becomes_blocks(path, db):
    assert as_json(read(text_of(path))[0]) == expected_of(path)


def test_brackets_in_preformatted_text_are_text():
    content = "<pre>[row]</PRE ><pre>[row]<code>[row]</code>[row x=1]"
    assert without_shortcodes(content) == "<pre>[row]</PRE ><pre><code>[row]</code>"


@pytest.mark.parametrize(
    ("shortcode", "pictures"),
    [
        ("[gallery]", [1, 2]),
        ('[gallery exclude="12" columns="2"]', [1]),
        ('[gallery id="5"]', [3]),
    ],
)
def test_a_gallery_without_numbers(db, shortcode, pictures):
    uploaded = {None: [11, 12], 5: [13]}
    content = f"A\n\n{shortcode}\n\nB"
    (first, (kind, value), last), _kinds = read(content, pictures_of=uploaded.get)
    found = [each[0] for each in value[0]] if kind == "gallery" else [value[0]]
    assert found == pictures
    assert (first, last) == (p("A"), p("B"))


def test_a_gallery_of_a_text_without_pictures_is_marked(db):
    blocks, kinds = read("A\n\n[gallery]\n\nB")
    note = ("note", ("Unknown shortcode: gallery", "<p>[gallery]</p>"))
    assert blocks == [p("A"), note, p("B")]
    assert kinds == {"shortcode"}


def signed(number, key):
    link = f'<a href="#{key}" id="{key}-link">{number}</a>'
    return f'<sup data-fn="{key}" class="fn">{link}</sup>'


@pytest.mark.parametrize("end", ["<!-- wp:footnotes /-->", ""])
def test_the_footnotes_of_the_block_editor(db, end):
    text = wp("paragraph", f"<p>One{signed(1, 'a1')} two{signed(2, 'b2')}.</p>")
    assert read(text + end, footnotes=FOOTNOTES)[0] == NOTED


def test_a_footnote_of_the_block_editor_is_cleaned(db):
    bad = '[{"content":"a<script>alert(1)</script> <a href=\\"javascript:x\\">b</a>","id":"a1"}]'
    assert read(f"<p>One{signed(1, 'a1')}</p>", footnotes=bad)[0] == [
        p("One<footnote> a b</footnote>")
    ]


def test_footnotes_of_a_text_without_signs_are_a_list(db):
    listed = "<ol><li>See <i>here</i>.</li>"
    assert read("Text", footnotes=FOOTNOTES)[0][1][1].startswith(listed)
