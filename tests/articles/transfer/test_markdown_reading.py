"""Markdown: what it is stored as, and how mistakes are named."""

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from diptych.articles.blocks import BodyBlock
from diptych.articles.blocks.text import INLINE_FEATURES
from diptych.articles.transfer.markdown.reading import read_body
from diptych.articles.transfer.markdown.reading_rich_text import MarkdownFault, Names, rich_text

pytestmark = pytest.mark.usefixtures("in_english")

NAMES = Names({"key": 1, "other-key": 2}, {"other": 3}, {"paper": 4})


def body_of(text):
    return read_body(text, "page", NAMES)


def stored(text):
    """``(type, value)`` of each block, in the form in which the blocks themselves store it."""
    data, block = body_of(text), BodyBlock()
    assert block.get_prep_value(block.to_python(data)) == data
    return [(each["type"], each["value"]) for each in data]


def words(text):
    """The rich text of the only paragraph, without the tag around it."""
    html = rich_text(text, "seed")
    assert html.startswith("<p data-block-key=") and html.endswith("</p>")
    return html.partition(">")[2].removesuffix("</p>")


def picture(image=1, alt="", caption="", decorative=False):
    return {"image": image, "alt": alt, "caption": caption, "decorative": decorative}


def quotation(text, attribution="", source=""):
    return "quotation", {"text": text, "attribution": attribution, "source": source}


def mistake(text):
    with pytest.raises(MarkdownFault) as raised:
        body_of(text)
    return raised.value


def test_code_within_a_line_is_its_words():
    assert words("Type `a < *b*` here") == "Type a &lt; *b* here"
    assert stored("## The `cat` command") == [
        ("heading", {"text": "The cat command", "level": "h2"})
    ]


def test_headings():
    assert stored("## Section\n\n### Part") == [
        ("heading", {"text": "Section", "level": "h2"}),
        ("heading", {"text": "Part", "level": "h3"}),
    ]


def test_quotations():
    text = "> Said\n> here.\n> — Who\n\n> Alone.\n\n> One.\n>\n> Two.\n> — [Who](https://who.org/)"

    assert stored(text) == [
        quotation("Said here.", "Who"),
        quotation("Alone."),
        quotation("One.\n\nTwo.", "Who", "https://who.org/"),
    ]


def test_pictures():
    text = (
        '![Seen](key "Meant: so")\n\n![](key){.decorative}\n\n'
        '::: gallery Both\n![Seen](key "Meant")\n![Too](other-key)\n:::'
    )
    image, decorative, (kind, gallery) = stored(text)

    assert image == ("image", picture(1, "Seen", "Meant: so"))
    assert decorative == ("image", picture(decorative=True))
    assert (kind, gallery["caption"]) == ("gallery", "Both")
    assert [each["value"] for each in gallery["pictures"]] == [
        picture(1, "Seen", "Meant"),
        picture(2, "Too"),
    ]
    assert len({each["id"] for each in gallery["pictures"]}) == 2


def test_tables():
    rows = "| a | b |\n|---|---|\n| 1 \\| 2 | |"
    (_type, plain), (_type, titled) = stored(
        f"{rows}\n\n::: table Caption\n{rows}\n\nA yearbook\n:::"
    )

    assert plain["table"] == titled["table"]
    assert plain["table"]["data"] == [["a", "b"], ["1 | 2", ""]]
    assert (plain["caption"], plain["source"]) == ("", "")
    assert (titled["caption"], titled["source"]) == ("Caption", "A yearbook")


def test_other_containers():
    text = (
        "::: pull_quote\nA sentence.\n:::\n\n::: question Why?\nSo.\n\nAnd so.\n:::\n"
        "::: note Title\nOne.\n\n- Two\n:::\n::: note\nBare.\n:::\n"
        "::: embed A film\n<https://video.example/1>\n:::\n::: article other\n:::"
    )
    pull, question, note, bare, embed, article = stored(text)

    assert pull == ("pull_quote", {"text": "A sentence."})
    assert (question[0], question[1]["question"]) == ("question", "Why?")
    assert question[1]["answer"].count("<p ") == 2 and "And so." in question[1]["answer"]
    assert (note[0], note[1]["title"]) == ("note", "Title")
    assert ">One.</p><ul><li " in note[1]["text"]
    assert bare[1]["title"] == ""
    assert embed == ("embed", {"embed": "https://video.example/1", "title": "A film"})
    assert article == ("article", {"article": 3})


def test_lists_and_rules_are_paragraphs():
    (_type, bullets), (_type, numbers), rule = stored("- a\n- *b*\n\n1. one\n   - deep\n\n---")

    assert bullets.startswith("<ul><li ") and "><i>b</i></li></ul>" in bullets
    assert numbers.startswith("<ol><li ") and numbers.endswith(">deep</li></ul></li></ol>")
    assert rule == ("paragraph", "<hr/>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("one\ntwo\\\nthree", "one two<br/>three"),
        ("*a* **b**", "<i>a</i> <b>b</b>"),
        ("**a *b* c**", "<b>a <i>b</i> c</b>"),
        ("H~2~O m^2^", "H<sub>2</sub>O m<sup>2</sup>"),
        (r"\*a\* 2 \< 3", "*a* 2 &lt; 3"),
        (
            "[*a*](https://example.org/?a=1&b=2)",
            '<a href="https://example.org/?a=1&amp;b=2"><i>a</i></a>',
        ),
        ("a < b & “c” l’été", "a &lt; b &amp; “c” l’été"),
        ("[Grüezi]{lang=de-ch}", '<span lang="de-CH">Grüezi</span>'),
        ("[שלום]{lang=he}", '<span lang="he" dir="rtl">שלום</span>'),
        ("a^[So *b*.] c", "a<footnote> So <i>b</i>.</footnote> c"),
    ],
)
def test_marks_links_and_passages(text, expected):
    assert words(text) == expected


def test_footnotes_and_links_to_articles():
    ((_type, html),) = stored("Ice[^1] [melts](other).\n\n[^1]: Says\n    [who](https://who.org/).")

    assert '<footnote> Says <a href="https://who.org/">who</a>.</footnote> ' in html
    assert '<a linktype="page" id="3">melts</a>.' in html


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("Fine.\n\n# Too large", 3, "heading"),
        ("```data chart\nx: 1\n```", 1, "chart"),
        ("<div>\n</div>", 1, "html_block"),
        ("> ## h", 1, "paragraphs"),
        (">", 1, "empty"),
        ("> [a](https://b.org/)", 1, "who said it"),
        (":::\n:::", 1, "no block “”"),
        (":::video key\n:::", 1, "no block “video”"),
        ("Text\n:::", 2, "no block “”"),
        ("Fine.\n\n::: note N\nText", 3, "never closed"),
        ("::: note N\nText\n::: pull_quote\nText\n:::", 3, "container_block"),
        ("::: note N\n:::", 1, "empty"),
        ("::: note N\n---\n:::", 2, "hr"),
        ("::: pull_quote\n:::", 1, "one paragraph"),
        ("::: pull_quote Title\nText\n:::", 1, "one paragraph"),
        ("::: question Alone?\n:::", 1, "answer"),
        ("::: question\nAnswer.\n:::", 1, "question"),
        ("::: question Q?\n- a\n:::", 2, "bullet_list"),
        ("::: table T\n| a |\n|---|\n| 1 | 2 |\n:::", 4, "2 cells instead of 1"),
        ("::: table T\n| a |\n1\n:::", 1, "holds a table"),
        ("::: table T\n| a |\n|---|\n| 1 |\n\nB\n\nC\n:::", 1, "one paragraph"),
        ("| a |\n|---|", 1, "at least one more"),
        ("| a |\n| 1 |", 1, "“|”"),
        ("![Seen](key){#here}", 1, "decorative"),
        ("![Seen](key) and words", 1, "image"),
        ("![Seen](gone)", 1, "nothing is called “gone”"),
        ("::: gallery\n![Seen](key)\n:::", 1, "two pictures"),
        ("::: gallery\n![Seen](key)\nWords\n![Too](key)\n:::", 1, "nothing else"),
        ("::: embed\n<https://video.example/>\n:::", 1, "title"),
        ("::: embed Title\nwords\n:::", 1, "address"),
        ("::: article\n:::", 1, "name of one"),
        ("Fine.\n\n::: article gone\n:::", 3, "nothing is called “gone”"),
        ("- a\n\n  b", 1, "one paragraph"),
        ("- a\n-", 2, "empty"),
        ("## An *odd* heading", 1, "no markup here"),
        ("| *a* |\n|---|\n| 1 |", 1, "no markup here"),
        ("Fine.\n\nWords[^1].", 3, "“[^”"),
        ("Words.\n\n[^a]: Unused.", 3, "nothing refers to the footnote “a”"),
        ("Words[^a].\n\n[^a]: - list", 1, "more than paragraphs"),
        ("Words^[].", 1, "without words"),
        ("*Words^[note]*", 1, "not within it"),
        ("*a", 1, "“*”"),
        ("a **b* c**", 1, "em within em"),
        ("****a****", 1, "strong within strong"),
        ("a <b>b</b>", 1, "html_inline"),
        ("[](https://a.org/)", 1, "without words"),
        ("[a](javascript:x)", 1, "not an address"),
        ("[a](/b)", 1, "not an address"),
        ("[a](https://a.org/", 1, "“](”"),
        ("[a]{lang=1}", 1, "another language"),
        ("[a]{.b}", 1, "another language"),
    ],
)
def test_mistake_is_named_with_its_line(text, line, says):
    error = mistake(text)

    assert (error.line, says in error.message) == (line, True), error


def test_ids_do_not_depend_on_what_stands_between():
    short = body_of("One.\n\n## Section\n\nTwo.")
    long = body_of("One.\n\n::: note N\nText.\n:::\n\n## Section\n\n- a\n\nTwo.")
    added = {block["id"] for block in long} - {block["id"] for block in short}

    assert [block for block in long if block["id"] not in added] == short
    assert [block["type"] for block in long if block["id"] in added] == ["note", "paragraph"]
    assert len({block["id"] for block in long}) == len(long)
    assert short == body_of("One.\n\n## Section\n\nTwo.")


@pytest.mark.parametrize(
    "text",
    [
        "a **b** *c* < & “d” it's [e](https://example.org/?a=1&b=2)^[f] [g]{lang=de} H~2~O",
        "- a **b**\n- f",
        "1. a\n   - b",
    ],
)
def test_editor_stores_rich_text_the_same_way(text):
    converter = ContentstateConverter([*INLINE_FEATURES, "ul", "ol", "hr"])
    ((_type, html),) = stored(text)

    assert converter.to_database_format(converter.from_database_format(html)) == html
