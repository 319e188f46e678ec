"""What a text keeps of its links and paragraphs, whoever posts it."""

import json

import pytest
from wagtail.test.utils.form_data import rich_text, streamfield

from diptych.articles.blocks.text import INLINE_FEATURES
from diptych.articles.richtext.admin.input import SoundRichTextArea
from diptych.articles.richtext.footnotes import clean_note
from diptych.articles.richtext.links import public_href
from tests.articles.languages.editor import article_form, edit
from tests.factories import make_article

PUBLIC = [
    "https://ice.example/a?b=1#c",
    "http://ice.example",
    "mailto:lea@ice.example",
    "tel:+41",
    "/fr/articles/le-lac/",
    "#what-the-numbers-say",
    "https://ice.example/blog/admin/pages/",
    "https://administration.example/",
]
HIDDEN = [
    "",
    "#",
    "#_ftn1",
    "#_ednref12",
    "#sdfootnote1sym",
    "#ftnt_ref1",
    "#_Toc4711",
    "file:///C:/lac.docx",
    "C:\\lac.docx",
    "lac.docx",
    "../lac.html",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "blob:https://ice.example/1",
    "about:blank#_ftn1",
    "/admin/",
    "/admin/pages/37/edit/#_ftn1",
    "http://localhost:8000/admin/pages/37/edit/#_ftn1",
    "https://desk.example/admin/images/3/",
    "https://[broken",
    "https:",
    None,
    7,
]


@pytest.mark.parametrize("address", PUBLIC)
def test_readers_can_follow(address):
    assert public_href(address) == address


@pytest.mark.parametrize("address", HIDDEN)
def test_readers_cannot_follow(address):
    assert public_href(address) == ""


def test_a_note_keeps_the_links_that_readers_can_follow():
    note = '<a href="/admin/pages/3/">là</a> et <a href="https://ice.example/">ici</a>'
    assert clean_note(note) == 'là et <a href="https://ice.example/">ici</a>'


def test_the_editor_stores_no_hidden_links_and_no_blank_paragraphs(db):
    widget = SoundRichTextArea(features=[*INLINE_FEATURES, "ul", "hr"])
    html = (
        '<p>\xa0</p><p>Voir <a href="#_ftn1">un</a>, <a href="file:///a">deux</a> et'
        ' <a href="https://ice.example/">trois</a>.</p><p></p><hr/><ul><li> </li><li>x</li></ul>'
    )
    stored = widget.value_from_datadict({"text": widget.format_value(html)}, {}, "text")
    content = json.loads(widget.format_value(stored))
    assert [block["text"] for block in content["blocks"]] == ["Voir un, deux et trois.", " ", "x"]
    assert "_ftn1" not in stored and "file:" not in stored
    assert '<a href="https://ice.example/">trois</a>' in stored


def test_a_paragraph_of_too_many_marks_is_refused_at_once(db):
    widget = SoundRichTextArea(features=INLINE_FEATURES)
    marks = [{"offset": 2 * each, "length": 1, "style": "BOLD"} for each in range(5001)]
    block = {"key": "a", "text": "a " * 5001, "type": "unstyled", "depth": 0, "entityRanges": []}
    posted = {"entityMap": {}, "blocks": [{**block, "inlineStyleRanges": marks}]}
    with pytest.raises(ValueError, match="too many marks"):
        widget.value_from_datadict({"text": json.dumps(posted)}, {}, "text")


def test_a_form_that_posts_leftovers_of_word_stores_none(journal, admin):
    article = make_article(journal)
    html = '<p> </p><p>Il <a href="http://x.example/admin/pages/3/edit/#_ftn1">gèle</a>.</p>'
    body = streamfield([("paragraph", rich_text(html))])
    edit(admin, article, article_form("Le lac", "The lake", body_fr=body))
    article = type(article).objects.get(pk=article.pk).get_latest_revision_as_object()
    [block] = article.text_in("body", "fr")
    assert block.value.source.endswith(">Il gèle.</p>")
    assert block.value.source.startswith("<p ") and block.value.source.count("<p") == 1
