"""The pieces of a page that are translated one by one.

They are its fields, the blocks of a stream, and the fields of the rows below it.

Blocks are read as they are stored, so that looking at a page fetches none of the pictures and
pages in it.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import get_text_for_indexing

from articles.languages.available import column
from articles.languages.fields import readable_columns, translated_fields
from articles.languages.translations.rows import rows_of

_LINES = r"(?:p|h\d|ul|ol|li|blockquote|hr|br|embed)\b[^>]*"
#: Space of whatever width, also such as keeps words on one line; no line break.
_SPACE = r"(?:[^\S\n]|&nbsp;)"
_BEFORE_LINES = re.compile(rf"{_SPACE}+((?:</[^>]+>)*</?{_LINES}>)")
_BEHIND_LINES = re.compile(rf"(</?{_LINES}>(?:<[^/][^>]*>)*){_SPACE}+")
_AROUND_BREAKS = re.compile(rf"{_SPACE}*\n{_SPACE}*")
_DOUBLE = re.compile(r"[ \t]+")


def without_needless_space(text):
    """``text`` or HTML without double spaces, and without any at the ends of a line.

    A no-break space between words was put there by somebody, and stays.
    """
    text = _AROUND_BREAKS.sub("\n", _DOUBLE.sub(" ", text)).strip()
    return _BEHIND_LINES.sub(r"\1", _BEFORE_LINES.sub(r"\1", text))


#: Translated like a text, and not worth a translator's time.
UNTRANSLATED_FIELDS = ("url_slug",)

_EDITOR_KEYS = re.compile(r' data-block-key="[^"]*"')
_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")


@dataclass(frozen=True)
class Unit:
    """One piece of a page in one language.

    ``key`` is the same in every language: the name of a field, or of a field and the id of a
    block in it, ``body.<id>``; for a field of a ``row`` below the page, ``authors.<row>.role``.
    ``stored`` is the value as it is stored, ``block`` the definition of the block, ``None`` for a
    plain field.
    """

    key: str
    field_name: str
    stored: object
    block: object = None
    is_rich: bool = False
    row: object = None

    @cached_property
    def text(self):
        """What a reader sees of it, as plain text."""
        if self.block is not None:
            return "\n".join(filter(None, texts_of(self.block, self.stored)))
        return plain(self.stored) if self.is_rich else self.stored.strip()

    @cached_property
    def fingerprint(self):
        """Equal for two units that say the same, apart from marks that editors put in.

        Double spaces, and space at the end of a line, do not count.
        """
        return _fingerprint_of(self.stored, without_needless_space)

    @cached_property
    def exact_fingerprint(self):
        """Equal for two units that say the same, down to the space; older records have it."""
        return _fingerprint_of(self.stored, str.strip)

    def is_known_as(self, fingerprint):
        """Whether that ``fingerprint`` on record is of what this unit says."""
        return fingerprint in (self.fingerprint, self.exact_fingerprint)

    @property
    def is_block(self):
        """Whether it is one of the blocks of the page, which can be missing or moved."""
        return self.block is not None and self.row is None

    @property
    def block_type(self):
        return self.block.name if self.is_block else ""

    @property
    def block_id(self):
        return self.key.partition(".")[2]

    @property
    def words(self):
        return count_words(self.text)

    @property
    def has_words(self):
        """Whether there is anything in it to translate."""
        return self.words > 0


def count_words(text):
    """How many words a translator would count in ``text``; numbers alone are none."""
    return sum(1 for word in _WORD.findall(text or "") if not word.isdigit())


def plain(html):
    return get_text_for_indexing(html).strip()


def units_in(page, language, rows=None):
    """The filled units of ``page`` in ``language``, by key, in the order of the page.

    ``rows`` are those of :func:`rows_of`, for who has read them already.
    """
    units = {}
    for name, column_name in _columns(page, language):
        value, field = getattr(page, column_name), page._meta.get_field(column_name)
        if isinstance(field, StreamField):
            units |= {unit.key: unit for unit in _units_of_stream(name, value)}
        elif value and str(value).strip():
            is_rich = isinstance(field, RichTextField)
            units[name] = Unit(name, name, str(value), is_rich=is_rich)
    for row in rows_of(page) if rows is None else rows:
        units |= {unit.key: unit for unit in _units_of_row(row, language)}
    return units


def label_of(page, unit):
    """What a piece is called: its field, or the kind of block it is."""
    if unit.row is not None:
        return unit.row.label_of(unit.field_name)
    if unit.block is not None:
        return capfirst(str(unit.block.label))
    return capfirst(str(page._meta.get_field(unit.field_name).verbose_name))


def _columns(instance, language):
    """``(name of the field, column)`` of what is to be translated in a page or a row."""
    model = type(instance)
    names = {columns.get(language): name for name, columns in translated_fields(model).items()}
    for column_name in sorted(readable_columns(model, language), key=_is_aside):
        if names[column_name] not in UNTRANSLATED_FIELDS:
            yield names[column_name], column_name


def _is_aside(column_name):
    """Sorts what only search engines read behind what stands on the page."""
    return column_name.startswith("meta_")


def _units_of_stream(name, stream):
    if not stream:
        return
    for number, child in enumerate(stream.raw_data):
        block = stream.stream_block.child_blocks.get(child["type"])
        if block is not None:
            identity = child.get("id") or f"#{number}"
            yield Unit(f"{name}.{identity}", name, child["value"], block)


def _units_of_row(row, language):
    for name, column_name in _columns(row.instance, language):
        value, field = getattr(row.instance, column_name), row.instance._meta.get_field(column_name)
        key = row.key_of(name)
        if isinstance(field, StreamField):
            if value:
                yield Unit(key, name, list(value.raw_data), field.stream_block, row=row)
        elif value and str(value).strip():
            is_rich = isinstance(field, RichTextField)
            yield Unit(key, name, str(value), is_rich=is_rich, row=row)


def stream_names(model):
    """The names of the translated fields of ``model`` that hold streams of blocks."""
    return [
        name
        for name, columns in translated_fields(model).items()
        if isinstance(model._meta.get_field(next(iter(columns.values()))), StreamField)
    ]


def stream_in(page, name, language):
    return getattr(page, column(name, language))


def texts_of(block, stored):
    """Every text in a stored value of ``block``, in order, without markup."""
    if not stored:
        return
    if isinstance(block, blocks.RichTextBlock):
        yield plain(str(stored))
    elif isinstance(block, (blocks.CharBlock, blocks.TextBlock)):
        yield str(stored)
    elif isinstance(stored, dict) and "data" in stored:
        yield from (str(cell) for row in stored["data"] or () for cell in row if cell)
    else:
        for child, value in children_of(block, stored):
            yield from texts_of(child, value)


def children_of(block, stored):
    """The blocks inside a stored value of ``block``, each with its own stored value."""
    if isinstance(block, blocks.StreamBlock):
        known = block.child_blocks
        return [(known[each["type"]], each["value"]) for each in stored if each["type"] in known]
    if isinstance(block, blocks.StructBlock):
        return [(child, stored.get(name)) for name, child in block.child_blocks.items()]
    if isinstance(block, blocks.ListBlock):
        items = [each["value"] if _is_item(each) else each for each in stored]
        return [(block.child_block, item) for item in items]
    return []


def _is_item(stored):
    return isinstance(stored, dict) and stored.get("type") == "item"


def _fingerprint_of(stored, trim):
    content = json.dumps(_filled(stored, trim), sort_keys=True, ensure_ascii=False)
    return hashlib.sha1(content.encode(), usedforsecurity=False).hexdigest()


def _filled(stored, trim):
    """A stored value without what is empty in it, and texts in one form, as ``trim`` has them."""
    if isinstance(stored, dict):
        pairs = {name: _filled(value, trim) for name, value in stored.items() if name != "id"}
        return {name: value for name, value in pairs.items() if value not in (None, "", [], {})}
    if isinstance(stored, (list, tuple)):
        return [_filled(value, trim) for value in stored]
    if isinstance(stored, str):
        return trim(_EDITOR_KEYS.sub("", stored).replace("\r\n", "\n"))
    return None if stored is False else stored
