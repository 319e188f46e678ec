"""The texts of the demo: what their markup becomes, and how mistakes are named."""

from pathlib import Path

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from articles.blocks.text import INLINE_FEATURES
from config.demo import markup
from config.demo.errors import ContentError
from config.demo.inline import InlineError, inline, plain, rich_list, rich_paragraph
from config.demo.stream import stream_data

PATH = Path("articles/a.fr.md")
FRONT = "---\nheadline: A\nslug: a-b\nlead: Lead: with a colon.\ndescription: D\n---\n"
BODY = 7  # the line on which the body starts


def parse(body):
    return markup.parse(FRONT + body, PATH)


def kinds(body):
    return [(block.kind, block.value) for block in parse(body).blocks]


def stored(body, images=None, articles=None):
    return stream_data(parse(body), "key", images or {}, articles or {})


def test_front_matter_is_kept_as_written():
    assert parse("Words.").front == {
        "headline": "A",
        "slug": "a-b",
        "lead": "Lead: with a colon.",
        "description": "D",
    }


def test_plain_blocks():
    body = "One line.\n\n## Section\n\n### Part\n\n- a\n- b\n\n> Said.\n> — Who\n\n> Alone."

    assert kinds(body) == [
        ("paragraph", "One line."),
        ("heading", {"level": 2, "text": "Section"}),
        ("heading", {"level": 3, "text": "Part"}),
        ("list", ["a", "b"]),
        ("quotation", {"text": "Said.", "attribution": "Who"}),
        ("quotation", {"text": "Alone.", "attribution": ""}),
    ]


def test_fenced_blocks():
    body = (
        ":::pull\nA sentence.\n:::\n"
        ":::note Title\nOne.\n\nTwo.\n:::\n\n"
        ":::qa\nQ: Why?\nA: So.\nQ: And?\nA: Yes.\n:::\n"
        ":::table Caption\n| a | b |\n|---|---|\n| 1 | |\n:::\n"
        ":::image key\nalt: Seen\ncaption: Meant: so\n:::\n"
        ":::gallery\nkey | Seen | Meant\nother | Too | Also\n:::\n"
        ":::article other\n:::"
    )

    assert kinds(body) == [
        ("pull", "A sentence."),
        ("note", {"title": "Title", "paragraphs": ["One.", "Two."]}),
        ("question", {"question": "Why?", "answer": "So."}),
        ("question", {"question": "And?", "answer": "Yes."}),
        ("table", {"caption": "Caption", "rows": [["a", "b"], ["1", ""]]}),
        ("image", {"image": "key", "alt": "Seen", "caption": "Meant: so"}),
        (
            "gallery",
            {
                "caption": "",
                "pictures": [
                    {"image": "key", "alt": "Seen", "caption": "Meant"},
                    {"image": "other", "alt": "Too", "caption": "Also"},
                ],
            },
        ),
        ("article", "other"),
    ]


@pytest.mark.parametrize(
    ("body", "line", "says"),
    [
        ("", 6, "empty"),
        ("One line\nand another", BODY + 1, "one line"),
        ("Fine.\n\n# Too large", BODY + 2, "heading"),
        ("- a\nb", BODY + 1, "hyphen"),
        ("> a\nb", BODY + 1, "starts with >"),
        ("> a\n> b\n> — c", BODY, "one line"),
        (":::\n:::", BODY, "no block ''"),
        (":::video key\n:::", BODY, "no block 'video'"),
        ("Fine.\n\n:::note N\nText", BODY + 2, "never closed"),
        (":::note N\nText\n:::pull\nText\n:::", BODY + 2, "never closed"),
        (":::note N\n:::", BODY, "empty"),
        (":::pull\n:::", BODY, "one line"),
        (":::qa\nQ: Alone?\n:::", BODY, "followed by"),
        (":::qa\nQ: One?\nQ: Two?\n:::", BODY + 2, "answer"),
        (":::qa\nA: One.\nA: Two.\n:::", BODY + 1, "question"),
        (":::table T\n| a |\n|---|\n| 1 | 2 |\n:::", BODY + 3, "2 cells instead of 1"),
        (":::table T\n| a |\n1\n:::", BODY + 2, "starts and ends"),
        (":::table T\n| a |\n| 1 |\n| 2 |\n:::", BODY, "hyphens"),
        (":::image key\nalt: Seen\n:::", BODY, "caption"),
        (":::image key\nalt: Seen\ntitle: T\n:::", BODY + 2, "alt"),
        (":::gallery\nkey | Seen | Meant\n:::", BODY, "two pictures"),
        (":::gallery\nkey | Seen\n:::", BODY + 1, "name | alternative"),
        (":::article\n:::", BODY, "name of one"),
    ],
)
def test_mistake_is_named_with_its_line(body, line, says):
    with pytest.raises(ContentError) as raised:
        parse(body)

    assert str(raised.value).startswith(f"{PATH}:{line}: ")
    assert says in raised.value.message


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "three hyphens"),
        ("Words.", 1, "three hyphens"),
        ("---\nheadline: A\n", 2, "never closed"),
        ("---\nheadline: A\nheadline: B\n---\n", 3, "one each"),
        ("---\nheadlin: A\n---\n", 2, "one each"),
        ("---\nheadline: A\n---\n", 3, "slug, lead, description is missing"),
        (FRONT.replace("a-b", "à-b") + "Words.", 6, "no address"),
        (FRONT.replace("D\n", "D" * 156 + "\n") + "Words.", 6, "155"),
    ],
)
def test_mistake_in_front_matter_is_named(text, line, says):
    with pytest.raises(ContentError) as raised:
        markup.parse(text, PATH)

    assert (raised.value.line, says in raised.value.message) == (line, True)


def test_file_that_is_not_text_is_named(tmp_path):
    path = tmp_path / "a.fr.md"
    path.write_bytes(b"---\nheadline: \xe9\n")

    with pytest.raises(ContentError, match=r"a\.fr\.md:2: .*UTF-8"):
        markup.read(path)
    with pytest.raises(ContentError, match=r"b\.fr\.md:1: there is no such file"):
        markup.read(tmp_path / "b.fr.md")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("*a* **b**", "<i>a</i> <b>b</b>"),
        ("***a***", "<b><i>a</i></b>"),
        ("**a *b* c**", "<b>a <i>b</i> c</b>"),
        (
            "[*a*](https://example.org/?a=1&b=2)",
            '<a href="https://example.org/?a=1&amp;b=2"><i>a</i></a>',
        ),
        ("a < b & “c” l’été", "a &lt; b &amp; “c” l’été"),
    ],
)
def test_inline_markup(text, expected):
    assert inline(text) == expected


@pytest.mark.parametrize(
    "text", ["*a", "a **b* c**", "****a****", "[](https://a.org/)", "[a](javascript:x)", "[a](/b)"]
)
def test_inline_markup_that_does_not_add_up(text):
    with pytest.raises(InlineError):
        inline(text)


def test_no_markup_where_none_is_shown():
    assert plain("2 < 3") == "2 < 3"
    with pytest.raises(ContentError, match=f"{PATH}:{BODY}: no markup here"):
        stored("## An *odd* heading")


def test_what_is_mentioned_has_to_exist():
    with pytest.raises(ContentError, match=f"{PATH}:{BODY + 2}: nothing is called 'gone'"):
        stored("Fine.\n\n:::article gone\n:::")


def test_identities_do_not_depend_on_what_stands_between():
    short = stored("One.\n\n## Section\n\nTwo.")
    long = stored("One.\n\n:::note N\nText.\n:::\n\n## Section\n\nTwo.")

    assert [block["id"] for block in short] == [
        block["id"] for block in long if block["type"] != "note"
    ]
    assert len({block["id"] for block in long}) == len(long)
    assert short == stored("One.\n\n## Section\n\nTwo.")


def test_editor_stores_rich_text_the_same_way():
    features = [*INLINE_FEATURES, "ul", "ol", "hr"]
    line = "a **b** *c* < & “d” it's [e](https://example.org/?a=1&b=2)"
    converter = ContentstateConverter(features)

    for html in (rich_paragraph(line, "seed"), rich_list([line, "f"], "seed")):
        assert converter.to_database_format(converter.from_database_format(html)) == html
