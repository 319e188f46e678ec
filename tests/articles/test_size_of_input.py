"""Nested and repeated input to every parser: read or refused, in a time relative to its length."""

import re
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from diptych.articles.imported_documents.docx import html_of_docx
from diptych.articles.imported_documents.html import blocks_from_html, html_from_text
from diptych.articles.imported_documents.losses import DocumentRefused
from diptych.articles.languages.config.content import normalised
from diptych.articles.languages.translations.passages import passages_of
from diptych.articles.richtext.footnotes import clean_note
from diptych.articles.search.query_parser import parse_query
from diptych.articles.transfer.markdown import front_matter
from diptych.articles.transfer.markdown.reading import read_body
from diptych.articles.transfer.markdown.reading_rich_text import MarkdownFault, Names
from diptych.articles.transfer.wordpress.content import blocks_of
from diptych.articles.transfer.wordpress.export import Export
from diptych.articles.transfer.wordpress.php import unserialize
from diptych.themes.typography.conventions import ENGLISH, FRANCE
from diptych.themes.typography.markup import typeset_html, typeset_text
from tests.articles.imported_documents.word import docx, paragraph, run

EXPORT = (
    '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>a</title>'
    "<item><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type>{}</item>"
    "</channel></rss>"
)


class Nothing:
    """Files and notes of an import that has none."""

    def __getattr__(self, _name):
        return lambda *_args: None


def as_post(text):
    nothing = Nothing()
    blocks_of(text, language="fr", media=nothing, links=lambda _address: None, notes=nothing)


def as_export(text, folder):
    path = Path(folder, "export.xml")
    path.write_text(EXPORT.format(text))
    return list(Export([path]).read())


def as_unit(text):
    return passages_of(SimpleNamespace(block=None, is_rich=True, stored=text))


#: What reads text of others, by its name: HTML, or another notation.
OF_HTML = {
    "paste": lambda text: blocks_from_html(text, language="fr"),
    "post": as_post,
    "note": clean_note,
    "rich text": normalised,
    "typography": lambda text: typeset_html(text, FRANCE),
    "passages": as_unit,
}
OTHERS = {
    "pasted text": lambda text: blocks_from_html(html_from_text(text), language="fr"),
    "post": as_post,
    "French": lambda text: typeset_html(text, FRANCE),
    "English": lambda text: typeset_text(text, ENGLISH),
    "Markdown": lambda text: read_body(text, "key", Names()),
    "YAML": lambda text: front_matter.split(f"---\n{text}\n---\n"),
    "TOML": lambda text: front_matter.split(f"+++\n{text}\n+++\n"),
    "PHP": unserialize,
    "search": lambda text: parse_query(text, "fr"),
}
#: Beginnings of elements that are repeated, with and without their ends.
ELEMENTS = (
    *("<b>", "<p>", "<ul><li>", "<table><tr><td>", "<table><tr><td>x</td><td>", "<blockquote>"),
    *("<pre>", "<q>", "<figure><figcaption>", "<h2>", "<option>", '<span lang="en">'),
    "<div hidden>",
    *('<a href="#n">', "<diptych-classic>", "<cite>", "<dl><dt>", "<template>", "<svg>", "<sup>"),
)
#: Signs that are repeated.
SIGNS = (
    *("'", " '", '"', "“a’ ", "«", "»", ":", " ", "\u00a0", "-", ".", "1", "1 000 ", "a@", "a/"),
    "/",
    *("5'10\"_", "5’10”", "a.", "&", "&amp;", "&#9999999;", "<", ">", "<a ", '<a "', "<!--", "<!"),
    *("<!-- wp:group -->", '<!-- wp:a {"b":', "[a]", "[", "[caption]", "[footnote]", "[1]"),
    "((a))",
    *("a\n\n", "*a ", "_a", "`", "[a](", "![", "^[a", "> ", "- ", "::: note\n", "|", "a|b\n-|-\n"),
    *("[^1]", "[^1]: a\n", "{a=b ", "{a: ", "a:1:{i:0;", "- &a [*a", "a=[", "? ", "X", "A.", "1h-"),
    *("• a\n", "\t", "http://a.b/c\n", "(", "1°1'"),
)
REFUSALS = (DocumentRefused, MarkdownFault, ValidationError, ValueError)


def read_or_refused(read, text):
    """Run a parser; what it says of a text that it does not take is no fault."""
    with override("en"), suppress(*REFUSALS):
        read(text)


def forms_of(element, length):
    """Texts of about ``length`` characters: nested, left open, and one behind the other."""
    ends = "".join(f"</{name}>" for name in reversed(re.findall(r"<([a-z0-9-]+)", element)))
    nested = length // len(element + ends)
    return {
        "open": element * (length // len(element)),
        "nested": f"{element * nested}a{ends * nested}",
        "beside": f"{element}a{ends}" * (length // len(f"{element}a{ends}")),
    }


def seconds(read, text):
    began = time.process_time()
    read_or_refused(read, text)
    return time.process_time() - began


def check_growth(read, texts):
    """Four times as much may take up to nine times as long: 16 times is the square.

    What takes less than half a second of the processor is not compared. The least of three runs
    counts, as other programs on the machine can only add to it; once is enough for what is quick.
    """
    short, long = texts
    taken = seconds(read, long)
    if taken < 0.5:
        return
    before = min(seconds(read, short) for _run in range(3))
    for _run in range(2):
        if taken < max(0.5, 9 * before):
            return
        taken = min(taken, seconds(read, long))
    assert taken < max(0.5, 9 * before), f"{long[:40]!r}: {before:.2f} s, then {taken:.2f} s"


SHORT, LONG = 6_000, 24_000


@pytest.mark.odd
@pytest.mark.parametrize("name", OF_HTML)
def test_repeated_elements_take_a_time_in_proportion(name, subtests):
    for element in ELEMENTS:
        short, long = (forms_of(element, length) for length in (SHORT, LONG))
        for form in short:
            with subtests.test(element, form=form):
                check_growth(OF_HTML[name], (short[form], long[form]))


@pytest.mark.parametrize("name", OF_HTML)
def test_an_element_whose_name_never_ends_takes_a_time_in_proportion(name):
    check_growth(OF_HTML[name], [f"<{'a' * length}" for length in (SHORT, LONG)])


@pytest.mark.odd
@pytest.mark.parametrize("name", OTHERS)
def test_repeated_signs_take_a_time_in_proportion(name, subtests):
    for sign in SIGNS:
        with subtests.test(sign):
            texts = [sign * (length // len(sign)) for length in (SHORT, LONG)]
            check_growth(OTHERS[name], texts)


@pytest.mark.odd
@pytest.mark.parametrize(
    "part",
    [
        "<a>",
        "<wp:postmeta><wp:meta_key>a</wp:meta_key></wp:postmeta>",
        '<category domain="a" nicename="b">x</category>',
        "</item><item><wp:post_id>{0}</wp:post_id><wp:post_parent>{1}</wp:post_parent>",
        "</item><wp:term><wp:term_id>{0}</wp:term_id><wp:term_taxonomy>category"
        "</wp:term_taxonomy><wp:term_slug>t{0}</wp:term_slug><wp:term_parent>t{1}"
        "</wp:term_parent></wp:term><item>",
        "</item><item><wp:post_id>{0}</wp:post_id><wp:status>publish</wp:status>"
        "<wp:post_type>wp_block</wp:post_type><content:encoded><![CDATA[<!-- wp:block "
        '{{"ref":{1}}} /-->]]></content:encoded>',
    ],
    ids=["elements", "metadata", "terms of an item", "items", "terms", "reusable blocks"],
)
def test_repeated_parts_of_an_export_take_a_time_in_proportion(part, tmp_path):
    texts = [
        "".join(part.format(number, number + 1) for number in range(2, length))
        for length in (2500, 10_000)
    ]
    check_growth(lambda text: as_export(text, tmp_path), texts)


DEEP = 3000


@pytest.mark.parametrize("name", OF_HTML)
def test_nested_elements_are_read_or_refused(name, subtests):
    for element in ELEMENTS[:8]:
        with subtests.test(element):
            read_or_refused(OF_HTML[name], forms_of(element, DEEP * len(element))["open"])


@pytest.mark.parametrize("name", OTHERS)
def test_nested_signs_are_read_or_refused(name, subtests):
    for sign in ("> ", "- ", "[", "{a: ", "a=[", "a:1:{i:0;", "(", "«", "[a]", "[a](", "**a _b "):
        with subtests.test(sign):
            read_or_refused(OTHERS[name], sign * (DEEP // len(sign)))


@pytest.mark.parametrize("element", ["tbl><tr><tc", "ins", "sdt><sdtContent", "hyperlink"])
def test_nested_parts_of_a_word_file_are_read_or_refused(element):
    names = re.findall(r"\w+", element)
    opened = "".join(f"<w:{name}>" for name in names)
    closed = "".join(f"</w:{name}>" for name in reversed(names))
    body = paragraph(f"{opened * DEEP}{run('a')}{closed * DEEP}")
    with pytest.raises(DocumentRefused):
        html_of_docx(docx(body))


def test_nested_tables_of_a_post_are_refused():
    with override("en"), pytest.raises(ValidationError, match="nested too deeply: at most 1,000"):
        as_post("<table><tr><td>" * 1500)


def test_the_words_of_a_note_stay_whatever_stands_around_them():
    assert clean_note("<b>" * 2000 + "a < b") == "a &lt; b"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["articles", "pages"])
@pytest.mark.parametrize("fields", ["a(" * 1000, "a(" * 11 + "b", "a," * 1001])
def test_nested_fields_of_the_api_are_refused(journal, client, path, fields):
    for address in (f"/fr/api/{path}/", f"/en/api/{path}/1/"):
        response = client.get(address, {"fields": fields})
        assert response.status_code == 400
        assert "levels at most" in response.json()["message"]


def test_a_very_long_list_is_not_pasted(journal, admin_client):
    html = f"<ul>{'<li>a</li>' * 2_001}</ul>"
    response = admin_client.post(
        reverse("diptych_paste"),
        {"html": html, "language": "fr"},
        content_type="application/json",
    )
    assert response.status_code == 413
    assert "2\u00a0001 éléments" in response.json()["error"]
