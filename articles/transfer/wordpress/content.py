"""The content of a post as blocks of a body.

:func:`blocks_of` reads what the block editor and the classic editor store: block markup becomes
HTML (:mod:`~diptych.articles.transfer.wordpress.block_markup`), shortcodes and lines as well
(:mod:`~diptych.articles.transfer.wordpress.shortcodes`,
:mod:`~diptych.articles.transfer.wordpress.classic`), which is read into parts of text
(:mod:`~diptych.articles.transfer.wordpress.post_reader`) and these into blocks
(:mod:`~diptych.articles.transfer.wordpress.post_blocks`). A post is read whole or, where no author
can have written so much, refused.
"""

import json
import re
import uuid
from hashlib import sha256
from html import escape
from itertools import count

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from diptych.articles.imported_documents.counting import text_of_html
from diptych.articles.imported_documents.html import nested_too_deeply
from diptych.articles.imported_documents.inline import styles_of
from diptych.articles.imported_documents.notes import join_listed_notes, mark_notes
from diptych.articles.imported_documents.reading import classes_of, write_numbers
from diptych.articles.languages.routes.slugs import make_slug
from diptych.articles.linguistics.languages import language_data
from diptych.articles.richtext.fields import whole_characters
from diptych.articles.richtext.parsing import NestedTooDeeply, parsed
from diptych.articles.transfer.wordpress.block_markup import (
    NOTES,
    texts_of_empty_blocks,
    without_comments,
)
from diptych.articles.transfer.wordpress.classic import make_paragraphs, with_breaks, with_embeds
from diptych.articles.transfer.wordpress.post_blocks import PostBlocks
from diptych.articles.transfer.wordpress.post_reader import PostReader, Surroundings
from diptych.articles.transfer.wordpress.preformatted import with_raw_code
from diptych.articles.transfer.wordpress.shortcodes import without_shortcodes

#: For limits of what is pasted that an archive does not have.
WITHOUT_END = 10**12
#: How many characters a content may have.
LONGEST = 2_000_000
#: Elements within a line whose words stand apart from those beside them.
_APART = {
    **dict.fromkeys(
        ("button", "canvas", "noscript", "object", "option", "template", "textarea"), (" ", " ")
    ),
    "rt": (" (", ")"),
}
_OPENING_QUOTES = ("«", "“", "„")
#: Titles above a list of notes that the page says itself.
_TITLES_OF_NOTES = frozenset({"notes"})
_URL_IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)", re.I)
_KEY = re.compile(r'data-block-key="[^"]*"')
_NAMESPACE = uuid.UUID("5d6a8a3e-1f0b-5c7e-9d43-0c5f8e6b7a21")


def _no_pictures(_post):
    return []


def blocks_of(content, *, language, media, links, notes, footnotes="", pictures_of=_no_pictures):
    """The blocks of a post in ``language``, as a stream field stores them.

    ``media`` gives images and documents by address or id, ``links(address)`` a page's primary key,
    an address or ``None``. ``notes.add(kind, detail)`` is told what an editor has to look at.
    ``footnotes`` is the JSON in which the block editor keeps the texts of footnotes.
    ``pictures_of(number)`` gives the ids of the pictures that were uploaded to a post, without a
    number to this one. The same content gives the same ids. Raises ``ValidationError`` for a
    content that is not read.
    """
    if len(content) > LONGEST:
        raise ValidationError(
            _("Its content is too long: at most %(number)s characters are read.")
            % {"number": number_format(LONGEST, force_grouping=True)}
        )
    content = whole_characters(content)
    try:
        soup = parsed(_html_of(content, whole_characters(footnotes), notes))
    except NestedTooDeeply as error:
        raise ValidationError(nested_too_deeply()) from error
    for bracket in soup("rp"):
        bracket.decompose()
    _prepare(soup, notes, language)
    write_numbers(soup)
    make_paragraphs(soup)
    surroundings = Surroundings(media, links, _anchors(soup, language), pictures_of)
    reader = PostReader(notes, language, surroundings)
    mark_notes(soup, reader, WITHOUT_END, WITHOUT_END)
    parts = join_listed_notes(reader.read(soup), notes, WITHOUT_END, WITHOUT_END, _TITLES_OF_NOTES)
    blocks = PostBlocks(media, notes, language).blocks_of(parts)
    return _stored(blocks, f"{language}\n{content}")


def text_of_post(content, footnotes=""):
    """All text of a post as it is stored, with its shortcodes and the texts of its settings."""
    code = with_raw_code(content)
    settings = " ".join(texts_of_empty_blocks(content))
    return " ".join(map(text_of_html, (code, settings, _listed_notes(footnotes))))


def _html_of(content, footnotes, notes):
    """The HTML of a post, in which blocks, shortcodes and addresses are elements."""
    content = with_raw_code(with_breaks(content))
    content = with_embeds(without_comments(without_shortcodes(content, notes.leave_out)))
    listed = _listed_notes(footnotes)
    sign = f"<{NOTES}></{NOTES}>"
    return content.replace(sign, listed, 1) if sign in content else content + listed


def _listed_notes(footnotes):
    """The list of the notes of the block editor, each with a link that leads back, of no text."""
    try:
        found = json.loads(footnotes) if footnotes else []
    except (ValueError, RecursionError):
        return ""
    items = [
        f'<li id="{escape(str(each.get("id")))}">{each.get("content") or ""}'
        f' <a href="#{escape(str(each.get("id")))}-link"></a></li>'
        for each in (found if isinstance(found, list) else [])
        if isinstance(each, dict) and each.get("content")
    ]
    return f"<ol>{''.join(items)}</ol>" if items else ""


def _prepare(soup, notes, language):
    """Bring what stands in attributes and styles into elements that are read."""
    for tag in soup(True):
        style = str(tag.get("style") or "")
        if tag.has_attr("hidden") or styles_of(style).get("display") == "none":
            del tag["hidden"]
            notes.add("hidden", tag.get_text())
            for link in tag("a"):
                del link["href"]
        if tag.name == "cite" and tag.parent.name == "blockquote":
            tag.name = "footer"
        elif tag.name == "figcaption" and not _has_caption(tag.parent):
            tag.name = "p"
        elif "wp-block-cover" in classes_of(tag) and (found := _URL_IN_STYLE.search(style)):
            tag.insert(0, soup.new_tag("img", src=found[1]))
        elif "wp-block-file__button" in classes_of(tag):
            tag.insert_before(" ")
        elif tag.name in _APART:
            before, after = _APART[tag.name]
            _put_around(before, tag, after)
        elif tag.name == "q" and not _is_quoted(tag):
            # What browsers show around it.
            opening, closing, space = language_data(language).QUOTATIONS[""][0]
            _put_around(f"{opening}{space}", tag, f"{space}{closing}")


def _put_around(before, tag, after):
    """Add texts at the ends of ``tag``, within it, where nothing beside it is counted."""
    tag.insert(0, before)
    tag.append(after)


def _is_quoted(tag):
    """Whether the text of a ``q`` has its quotation marks, within or around it."""
    inside = tag.get_text().strip()
    before = tag.previous_sibling
    outside = before.rstrip() if isinstance(before, str) else ""
    return inside.startswith(_OPENING_QUOTES) or outside.endswith(_OPENING_QUOTES)


def _has_caption(figure):
    """Whether the caption of a figure is that of a picture, table, quotation or embed."""
    names = ["img", "table", "blockquote"]
    is_embed = bool(classes_of(figure) & {"wp-block-embed", "wp-block-gallery"})
    return is_embed or figure.find(names) is not None


def _anchors(soup, language):
    """The anchors that headings have here, by those that they had."""
    anchors = {}
    for heading in soup([f"h{level}" for level in range(1, 7)]):
        slug = make_slug(heading.get_text(), language) or "section"
        for tag in (heading, *heading("a")):
            for name in {tag.get("id"), tag.get("name")} - {None, ""}:
                anchors.setdefault(str(name), slug)
    return anchors


def _stored(blocks, seed):
    """``blocks`` as they are stored, with ids that follow from ``seed``."""
    key = sha256(seed.encode()).hexdigest()
    seeds = [f"{key}:{number}" for number in range(len(blocks))]
    return [
        {"type": kind, "value": _with_ids(kind, value, own), "id": _id(own)}
        for own, (kind, value) in zip(seeds, blocks, strict=True)
    ]


def _with_ids(kind, value, seed):
    """The value of a block with ids for pictures and paragraphs that follow from ``seed``."""
    if kind == "paragraph":
        return _with_keys(value, seed)
    if kind == "note":
        return {**value, "text": _with_keys(value["text"], seed)}
    if kind == "gallery":
        pictures = enumerate(value["pictures"])
        numbered = [{**each, "id": _id(f"{seed}:{place}")} for place, each in pictures]
        return {**value, "pictures": numbered}
    return value


def _id(seed):
    return str(uuid.uuid5(_NAMESPACE, seed))


def _with_keys(html, seed):
    """Rich text whose paragraphs have keys that follow from ``seed``; Wagtail draws them."""
    numbers = count()

    def key(_found):
        return f'data-block-key="{sha256(f"{seed}:{next(numbers)}".encode()).hexdigest()[:5]}"'

    return _KEY.sub(key, html)
