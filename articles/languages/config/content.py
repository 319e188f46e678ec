"""Read and compare the content of fields and blocks: one walk over blocks, one fingerprint.

Blocks are read as they are stored, so that no object they refer to is fetched.
"""

import hashlib
import json
import re
from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from unicodedata import category

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ManyToManyField
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import get_text_for_indexing

_LINES = r"(?:p|h\d|ul|ol|li|blockquote|hr|br|embed)\b[^>]*"

# Plain text


_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")


@lru_cache(maxsize=1024)
def plain(html):
    """The text of ``html`` without its markup."""
    return get_text_for_indexing(html).strip()


def count_words(text):
    """How many words a translator would count in ``text``; numbers alone are none."""
    words = _WORD.findall(text or "")
    # A word begins with a letter, a number or a low line; nearly all of these are visible.
    return len([w for w in words if not w.isdigit() and (w[0] not in _BLANKS or is_visible(w))])


#: Characters that count as letters or symbols and that nobody sees.
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
#: The general categories of visible characters: letters, numbers, punctuation, symbols.
_VISIBLE = "LNPS"


def is_visible(text):
    """Whether readers see anything of ``text``, which may be ``None``."""
    return any(category(each)[0] in _VISIBLE and each not in _BLANKS for each in text or "")


#: Marks that turn the direction of the text behind them, until another one or the end of the line.
#: Isolates (U+2066 to U+2069), which end with the text they enclose, are none of them.
OVERRIDES = dict.fromkeys(range(0x202A, 0x202F))


def has_overrides(text):
    """Whether the direction of ``text`` is turned by invisible marks."""
    return text != text.translate(OVERRIDES)


def without_overrides(text):
    """``text`` without marks that turn its direction; ``""`` if readers see nothing of it."""
    return text.translate(OVERRIDES) if is_visible(text) else ""


# Spaces


#: Spaces of any width, no-break spaces included; no line break.
_SPACE = r"(?:[^\S\n]|&nbsp;)"
_BEFORE_LINES = re.compile(rf"{_SPACE}+((?:</[^>]+>)*</?{_LINES}>)")
_BEHIND_LINES = re.compile(rf"(</?{_LINES}>(?:<[^/][^>]*>)*){_SPACE}+")
_AROUND_BREAKS = re.compile(rf"{_SPACE}*\n{_SPACE}*")
#: Not a single space, which stays as it is.
_DOUBLE = re.compile(r"[ \t]{2,}|\t")


def without_needless_space(text):
    """``text`` or HTML without double spaces, and without any at the ends of a line.

    No-break spaces between words are kept.
    """
    text = _DOUBLE.sub(" ", text)
    if "\n" in text:
        text = _AROUND_BREAKS.sub("\n", text)
    text = text.strip()
    return _BEHIND_LINES.sub(r"\1", _BEFORE_LINES.sub(r"\1", text)) if "<" in text else text


# Rich text


#: Elements that mean the same; the second is how Wagtail's editor writes it.
SYNONYMS = {"strong": "b", "em": "i"}
#: Elements that the editor removes while it keeps their text; but see :data:`PASSAGE`.
DROPPED = frozenset({"div", "span", "font", "html", "body"})
#: The element and attribute that mark a passage in another language, which is kept.
PASSAGE = ("span", "lang")
WITHOUT_END = frozenset({"br", "hr", "embed", "img"})
#: Attributes that carry nothing of the text.
EDITOR_ATTRIBUTES = frozenset({"data-block-key", "class", "style", "dir", "lang"})

_SPACES = re.compile(r"[ \t\r\n]+")
_SPACE_AROUND_LINES = re.compile(rf" ?(</?{_LINES}>) ?")
_EDITOR_KEYS = re.compile(r' data-block-key="[^"]*"')


@lru_cache(maxsize=4096)
def normalised(html):
    """``html`` as any editor or import would write it: equal for texts that an editor shows alike.

    Synonymous elements, the order of attributes, editors' own marks and needless space are made
    the same.
    """
    parser = _Normaliser()
    parser.feed(html)
    parser.close()
    text = _SPACE_AROUND_LINES.sub(r"\1", "".join(parser.parts)).strip()
    if text and not text.startswith("<"):
        text = f"<p>{text}</p>"
    return "" if text == "<p></p>" else text


class _Normaliser(HTMLParser):
    """Collects the HTML it parses in ``parts``, with sorted attributes and no needless space."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []
        #: For each open element of the kind of :data:`PASSAGE`: whether it was kept.
        self.passages = []

    def handle_starttag(self, tag, attributes):
        tag = SYNONYMS.get(tag, tag)
        if tag == PASSAGE[0]:
            language = dict(attributes).get(PASSAGE[1])
            self.passages.append(bool(language))
            if language:
                self.parts.append(f'<{tag} {PASSAGE[1]}="{escape(language)}">')
        elif tag not in DROPPED:
            kept = [pair for pair in attributes if pair[0] not in EDITOR_ATTRIBUTES]
            written = "".join(f' {name}="{escape(value or "")}"' for name, value in sorted(kept))
            self.parts.append(f"<{tag}{written}>")

    def handle_endtag(self, tag):
        tag = SYNONYMS.get(tag, tag)
        if tag == PASSAGE[0]:
            if self.passages and self.passages.pop():
                self.parts.append(f"</{tag}>")
        elif tag not in DROPPED and tag not in WITHOUT_END:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data):
        self.parts.append(escape(_SPACES.sub(" ", data)))


# Blocks


def strings_in(stored):
    """Yield every string in ``stored``, a stream in its stored form or a part of one."""
    if isinstance(stored, str):
        yield stored
    elif isinstance(stored, dict | list):
        for each in stored.values() if isinstance(stored, dict) else stored:
            yield from strings_in(each)


def children_of(block, stored):
    """``(block, stored value)`` of each block directly inside a stored value of ``block``."""
    return [(child, value) for _step, child, value in steps_into(block, stored)]


def steps_into(block, stored):
    """The same with the name or the id of each child before it, as content paths have it."""
    if isinstance(block, blocks.StreamBlock):
        known = block.child_blocks
        return [
            (each.get("id") or "", known[each["type"]], each["value"])
            for each in stored
            if each["type"] in known
        ]
    if isinstance(block, blocks.StructBlock):
        return [(name, child, stored.get(name)) for name, child in block.child_blocks.items()]
    if isinstance(block, blocks.ListBlock):
        return [
            (each.get("id") or "", block.child_block, each["value"])
            if _is_item(each)
            else ("", block.child_block, each)
            for each in stored
        ]
    return []


def _is_item(stored):
    return isinstance(stored, dict) and stored.get("type") == "item"


def mapped(block, stored, leaf, with_unknown=False):
    """``stored`` with ``leaf(block, value)`` in place of every value without blocks inside it.

    Ids are kept. Children of a kind that no longer exists are left out of streams, or stay as they
    are ``with_unknown``.
    """

    def inner(child, value):
        return mapped(child, value, leaf, with_unknown)

    if isinstance(block, blocks.StreamBlock):
        known = block.child_blocks
        return [
            {**each, "value": inner(known[each["type"]], each["value"])}
            if each["type"] in known
            else each
            for each in stored or ()
            if each["type"] in known or with_unknown
        ]
    if isinstance(block, blocks.StructBlock) and isinstance(stored, dict):
        known = block.child_blocks
        return {
            name: inner(known[name], value) if name in known else value
            for name, value in stored.items()
        }
    if isinstance(block, blocks.ListBlock):
        return [
            {**each, "value": inner(block.child_block, each["value"])}
            if _is_item(each)
            else inner(block.child_block, each)
            for each in stored or ()
        ]
    return leaf(block, stored)


def is_table(stored):
    """Whether a stored value is that of a table block, of any class."""
    return isinstance(stored, dict) and "data" in stored


#: Blocks whose value is a choice of appearance and shows nothing itself.
CHOICES = (blocks.ChoiceBlock, blocks.MultipleChoiceBlock, blocks.BooleanBlock)


def has_content(block, stored):
    """Whether a stored value of ``block`` shows readers anything: text, a number, an object."""
    if isinstance(block, CHOICES):
        return False
    if isinstance(block, (blocks.StructBlock, blocks.StreamBlock, blocks.ListBlock)):
        return any(has_content(child, value) for child, value in children_of(block, stored or {}))
    if isinstance(block, blocks.RichTextBlock):
        return "<embed" in str(stored) or is_visible(plain(str(stored or "")))
    if is_table(stored):
        return any(is_visible(str(cell or "")) for row in stored["data"] or () for cell in row)
    return is_visible(stored) if isinstance(stored, str) else bool(stored)


def leaves_of(block, stored):
    """``(block, text)`` of each text in a stored value of ``block``, in order, as it is stored."""
    if not stored:
        return
    if isinstance(block, (blocks.RichTextBlock, blocks.CharBlock, blocks.TextBlock)):
        yield block, str(stored)
    elif is_table(stored):
        yield from ((block, str(cell)) for row in stored["data"] or () for cell in row if cell)
    else:
        for child, value in children_of(block, stored):
            yield from leaves_of(child, value)


def texts_of(block, stored, of_rich_text=plain):
    """Every text in a stored value of ``block``, in order, without markup."""
    for leaf, text in leaves_of(block, stored):
        yield of_rich_text(text) if isinstance(leaf, blocks.RichTextBlock) else text


def of_any_language(block):
    """Mark a ``block`` of a text that may be in another language than its page, as a quotation."""
    block.is_of_any_language = True
    return block


def is_of_any_language(block):
    """Whether the text of ``block`` may be in another language; Wagtail's own quotations may."""
    is_quotation = isinstance(block, blocks.BlockQuoteBlock)
    return is_quotation or getattr(block, "is_of_any_language", False)


# Comparing


def fingerprint(content, clean=str.strip, ignored=frozenset()):
    """A hash that is equal for two contents with the same text.

    ``clean`` normalises each text before it is hashed, ``ignored`` are the keys of dictionaries to
    leave out. Empty values are left out too.
    """
    filled = _without_empty(content, clean, ignored)
    text = json.dumps(filled, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:16]


def _without_empty(content, clean, ignored):
    if isinstance(content, dict):
        pairs = {
            name: _without_empty(value, clean, ignored)
            for name, value in content.items()
            if name not in ignored
        }
        return {name: value for name, value in pairs.items() if value is not None} or None
    if isinstance(content, (list, tuple)):
        return [_without_empty(value, clean, ignored) for value in content] or None
    if isinstance(content, str):
        return clean(content.replace("\r\n", "\n")) or None
    return None if content is False else content


def stored_fingerprint(stored, clean):
    """The :func:`fingerprint` of a stored text or block without its ids and editors' keys."""
    if isinstance(stored, str):
        return _text_fingerprint(str(stored), clean)
    return fingerprint(stored, lambda text: clean(_EDITOR_KEYS.sub("", text)), {"id"})


@lru_cache(maxsize=4096)
def _text_fingerprint(text, clean):
    """The fingerprint of a text, kept in memory as a request asks for it several times."""
    return fingerprint(clean(_EDITOR_KEYS.sub("", text.replace("\r\n", "\n"))), str)


def content_of(field, value):
    """The ``value`` of a model's ``field`` as a form shows it, as plain data to be compared."""
    if isinstance(field, StreamField):
        return _shown(field.stream_block, value.get_prep_value() if value else [])
    if field.is_relation:
        return _related(field, value)
    if isinstance(value, datetime):
        return _to_the_minute(value)
    if isinstance(field, RichTextField):
        return normalised(str(value or ""))
    return field.get_prep_value(value)


def _related(field, value):
    """The value of a relation: a primary key, several primary keys, or the names of tags."""
    if field.many_to_many:
        objects = value.all() if hasattr(value, "all") else value or ()
        is_of_keys = isinstance(field, ManyToManyField)
        return sorted(str(each.pk if is_of_keys else each) for each in objects)
    return getattr(value, "pk", value)


def _to_the_minute(moment):
    """The moment in ISO format, cut to minutes as in the inputs of the editor."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return moment.replace(second=0, microsecond=0).isoformat()


def _shown(block, stored):
    """A stored value of ``block`` as the editor's form shows it.

    The form leaves out unknown blocks, fills missing fields of a structure with their defaults, and
    gives the items of a list other ids.
    """
    if isinstance(block, blocks.RichTextBlock):
        return normalised(str(stored or ""))
    if isinstance(block, blocks.StreamBlock):
        known = [each for each in stored or () if each["type"] in block.child_blocks]
        shown = [_shown(*child) for child in children_of(block, known)]
        return [
            [each.get("id"), each["type"], value] for each, value in zip(known, shown, strict=True)
        ]
    if isinstance(block, blocks.StructBlock) and isinstance(stored, dict):
        return {
            name: _shown(child, stored[name] if name in stored else _default(child))
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, blocks.ListBlock):
        return [_shown(*child) for child in children_of(block, stored or ())]
    return stored


def _default(block):
    return block.get_prep_value(block.normalize(block.get_default()))
