"""Bodies as Markdown: how each block is written, and that what is written is read back."""

import random
from pathlib import Path

import pytest

from diptych.articles.transfer.markdown.reading import block_id, read_body
from diptych.articles.transfer.markdown.reading_rich_text import Names
from diptych.articles.transfer.markdown.writing import write_body, write_rich_text
from tests.samples import expected_of, samples_in, text_of

BLOCKS = Path(__file__).with_name("markdown_blocks")
BY_KEY = Names(
    {1: "../images/lake.webp", 2: "../images/a (b).jpg"}, {3: "other.fr.md"}, {4: "../d/p.pdf"}
)
BY_NAME = Names(*({name: pk for pk, name in each.items()} for each in vars(BY_KEY).values()))
SPECIAL = [
    *"*_`[]<>{}~^|&!#+-=:.()\\\"'",
    *"  \u00a0\u202f\u200f",
    *("a", "b", "Ü", "😀", "word", "1.", "- ", ":::", "---", "&amp;", "http://a.b/", "שלום"),
    *("![", "]("),
]


def stored(kind, value, own_id="11111111-aaaa-4bbb-8ccc-123456789012"):
    return {"type": kind, "value": value, "id": own_id}


def written(*blocks):
    return write_body(list(blocks), "page", BY_KEY)


def read(text):
    return read_body(text, "page", BY_NAME, is_address=bool)


def table(rows, **settings):
    head = {"first_row_is_table_header": True, "first_col_is_header": True}
    return {"caption": "", "table": {"data": rows, **head, **settings}, "source": ""}


def picture(image=1, alt="", caption="", decorative=False):
    return {"image": image, "alt": alt, "caption": caption, "decorative": decorative}


@pytest.mark.parametrize("path", samples_in(BLOCKS, ".md"))
def test_block_is_readable_and_read_back(path):
    block = stored(*expected_of(path))

    text = written(block)

    assert text == f"{{#{block['id']}}}\n{text_of(path)}\n"
    assert written(*read(text)) == text


def test_table_with_merged_cells():
    block = stored(
        "table",
        {
            **table(
                [["a", "b", "c"], ["d", "e", "f"]],
                first_col_is_header=False,
                table_header_choice="row",
                mergeCells=[{"row": 0, "col": 1, "rowspan": 2, "colspan": 2}],
                cell=[{"row": 1, "col": 0, "className": "htRight htMiddle"}],
            ),
            "caption": "Title",
            "source": "A yearbook",
        },
        "t1",
    )
    text = written(block)

    assert text.startswith(
        '{#t1 header="row" merge="B1:C2" align="A2:htRight.htMiddle"}\n::: table'
    )
    (back,) = read(text)
    assert back["value"]["table"].items() >= block["value"]["table"].items()
    assert (back["value"]["caption"], back["value"]["source"]) == ("Title", "A yearbook")


def test_cells_are_merged_beyond_the_column_z():
    merged = {"row": 0, "col": 26, "rowspan": 1, "colspan": 2}
    head = {"first_col_is_header": False, "table_header_choice": "row"}
    block = stored("table", table([["a"] * 28, ["b"] * 28], **head, mergeCells=[merged]), "t1")
    text = written(block)
    assert 'merge="AA1:AB1"' in text
    (back,) = read(text)
    assert back["value"]["table"]["mergeCells"] == [merged]


def test_ids_are_left_out_where_they_say_the_place():
    text = (
        "One.\n\n## Two\n\n::: gallery\n![](../images/lake.webp)\n![](../images/lake.webp)\n:::\n"
    )
    body = read(text)

    assert written(*body) == text
    assert body[0]["id"] == block_id("page/paragraph/0")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("table", table([["a\nb"], ["c"]])),
        ("table", table([["alone"]])),
        ("image", {**picture(), "image": 99}),
        ("article", {"article": 99}),
        ("question", {"question": "Two\nlines", "answer": "<p>a <b>b</b></p>"}),
        ("heading", {"text": " space ", "level": "h2"}),
        ("paragraph", '<p><a linktype="page" id="3"></a></p>'),
    ],
)
def test_what_markdown_cannot_hold_is_data(kind, value):
    block = stored(kind, value)

    text = written(block)

    assert f"```data {kind}" in text
    assert "99" not in text  # an object that does not exist, or another one elsewhere
    assert written(*read(text)) == text


def test_link_that_leads_nowhere_leaves_its_words():
    text = written(stored("paragraph", '<p>See <a linktype="page" id="99">that</a>.</p>', "a"))

    assert text == "{#a}\nSee that.\n"


def test_two_lists_stay_two():
    lists = [
        stored("paragraph", "<ul><li>a</li></ul>", block_id("page/list/0")),
        stored("paragraph", "<ul><li>b</li></ul>", block_id("page/list/1")),
    ]
    body = read(written(*lists))

    assert [each["id"] for each in body] == [each["id"] for each in lists]


def _words(source):
    return "".join(source.choice(SPECIAL) for _number in range(source.randint(1, 12)))


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _rich(source, depth=0):
    parts = []
    for _number in range(source.randint(1, 4)):
        words = _escaped(_words(source))
        kind = source.choice(["", "", "b", "i", "sup", "span", "a", "footnote"])
        if kind == "span":
            words = f'<span lang="de">{words}x</span>'
        elif kind == "a":
            end = source.choice(["", "(b)", "?a&amp;b", "é ü"])
            words = f'<a href="https://a.org/{end}">{words}x</a>'
        elif kind == "footnote" and not depth:
            words = f"<footnote> {words}x</footnote>"
        elif kind in ("b", "i", "sup"):
            words = f"<{kind}>{words}</{kind}>"
        parts.append(words)
    return "".join(parts)


def test_any_characters_are_read_back():
    """Texts of special characters: what is written, read and written again is the same."""
    source, as_data = random.Random(7), 0
    for _number in range(150):
        paragraph = stored("paragraph", f"<p>{_rich(source)}</p>", "p1")
        quotation = stored("quotation", {"text": _words(source).strip() or "a"}, "q1")
        heading = stored("heading", {"text": _words(source).strip() or "a", "level": "h2"}, "h1")
        text = written(paragraph, quotation, heading)
        assert written(*read(text)) == text
        as_data += text.count("```data")
    assert as_data < 45


def test_biography():
    html = '<p>One <i>two</i>.</p><p>See <a linktype="page" id="3">that</a>.</p>'

    assert write_rich_text(html, BY_KEY) == "One *two*.\n\nSee [that](other.fr.md)."
    assert write_rich_text("<h2>Not for a biography</h2>", BY_KEY) is None
