"""The units of a page, which are translated one by one.

They are its fields, the blocks of its streams, and the fields of the rows below it, such as the
roles of its authors. A row of a draft that was never live has no primary key, and may get another
one when it is published; so a row is identified by its shared fields, and by its primary key where
these have changed.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache, cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField

from diptych.articles.languages.config.content import (
    content_of,
    count_words,
    fingerprint,
    plain,
    stored_fingerprint,
    texts_of,
    without_needless_space,
)
from diptych.articles.languages.config.fields import (
    readable_columns,
    translated_fields,
    untranslated_fields,
)
from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.translations.passages import passages_of

#: Translated fields that are no text for translators.
UNTRANSLATED_FIELDS = ("url_slug",)


@dataclass(frozen=True)
class Unit:
    """One unit of a page in one language.

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
        """Its plain text."""
        if self.block is not None:
            return "\n".join(filter(None, texts_of(self.block, self.stored)))
        return plain(self.stored) if self.is_rich else self.stored.strip()

    @cached_property
    def fingerprint(self):
        """Equal for two units of the same text, apart from needless space and editors' marks."""
        return stored_fingerprint(self.stored, without_needless_space)

    @cached_property
    def exact_fingerprint(self):
        """The same, but needless space counts."""
        return stored_fingerprint(self.stored, str.strip)

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

    @cached_property
    def passages(self):
        """Its :class:`~diptych.articles.languages.translations.passages.Passage` texts, in
        order.
        """
        return passages_of(self)

    @cached_property
    def words(self):
        return count_words(self.text)

    @property
    def has_words(self):
        """Whether it has text to translate."""
        return self.words > 0


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
    """The label of a unit: that of its field or block."""
    if unit.row is not None:
        return unit.row.label_of(unit.field_name)
    if unit.block is not None:
        return capfirst(str(unit.block.label))
    return capfirst(str(page._meta.get_field(unit.field_name).verbose_name))


def _columns(instance, language):
    """``(name of the field, column)`` of the fields to translate in a page or a row."""
    model = type(instance)
    names = {columns.get(language): name for name, columns in translated_fields(model).items()}
    for column_name in sorted(readable_columns(model, language), key=_is_aside):
        if names[column_name] not in UNTRANSLATED_FIELDS:
            yield names[column_name], column_name


def _is_aside(column_name):
    """Sort key: texts for search engines after those on the page."""
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


# Rows below the page


@dataclass(frozen=True)
class TranslatedRow:
    """A row below a page, with its ``number`` in the relation and its ``identity``."""

    relation: str
    identity: str
    number: int
    instance: object

    @property
    def pk(self):
        """The primary key as a string for records, ``None`` before the row has one."""
        return None if self.instance.pk is None else str(self.instance.pk)

    def key_of(self, field_name):
        """The key of the unit of one of its fields."""
        return f"{self.relation}.{self.identity}.{field_name}"

    def label_of(self, field_name):
        """The label of one of its fields: "Role: Léa Rochat"."""
        field = capfirst(str(self.instance._meta.get_field(field_name).verbose_name))
        return _("%(field)s: %(row)s") % {
            "field": field,
            "row": row_name(self.instance, self.number),
        }


@cache
def translated_relations(model):
    """The names of the relations of a page type whose rows have translated fields."""
    return tuple(
        relation.get_accessor_name()
        for relation in get_all_child_relations(model)
        if translated_fields(relation.related_model)
    )


def rows_in(page, relation):
    """The rows of a relation, which stay in memory: each use of ``all()`` would query them anew."""
    return getattr(page, relation).get_object_list()


def load_rows(page, relations):
    """Read the rows of ``relations`` of ``page`` into memory."""
    for name in relations:
        rows_in(page, name)


def rows_of(page):
    """Every :class:`TranslatedRow` of ``page``, in the order in which readers see them."""
    return [
        row
        for relation in translated_relations(type(page))
        for row in identified(relation, rows_in(page, relation))
    ]


def identified(relation, instances):
    """A :class:`TranslatedRow` for each of the ``instances`` of one relation, in order.

    Those that share everything with another are told apart by their age.
    """
    instances = sorted(instances, key=_position)
    names, known = {}, {}
    for each in sorted(instances, key=lambda row: (row.pk is None, row.pk or 0)):
        shared = _shared_fingerprint(each)
        known[shared] = known.get(shared, 0) + 1
        names[id(each)] = shared if known[shared] == 1 else f"{shared}-{known[shared]}"
    return [
        TranslatedRow(relation, names[id(each)], number, each)
        for number, each in enumerate(instances, 1)
    ]


def has_new_rows(public, draft, language):
    """Whether rows of ``draft`` say something in ``language`` that those of ``public`` do not."""
    known, said = (
        {
            (unit.key, unit.exact_fingerprint)
            for row in rows_of(page)
            for unit in _units_of_row(row, language)
        }
        for page in (public, draft)
    )
    return not said <= known


def pairs(rows, others):
    """``(row, the same row among others)`` for those of the instances ``rows`` that both have."""
    rows, others = identified("", rows), identified("", others)
    numbers = {each.pk: each.instance for each in others if each.pk is not None}
    found = {row.identity: numbers[row.pk] for row in rows if row.pk in numbers}
    taken = {id(each) for each in found.values()}
    known = {each.identity: each.instance for each in others if id(each.instance) not in taken}
    return [
        (row.instance, found.get(row.identity) or known[row.identity])
        for row in rows
        if row.identity in found or row.identity in known
    ]


def _position(row):
    """Sort key: a row without a position was just added, and comes last."""
    order = getattr(row, "sort_order_field", None)
    place = getattr(row, order) if order else 0
    return place is None, place or 0


def _shared_fingerprint(row):
    fields = _shared_fields(type(row))
    return fingerprint([content_of(field, getattr(row, field.attname)) for field in fields])


@cache
def _shared_fields(model):
    """The editable fields of a row that are the same in all languages."""
    return tuple(
        field
        for field in untranslated_fields(model)
        if field.editable and not isinstance(field, ParentalKey)
    )


def row_name(row, number=None):
    """The name of a row below a page: the object it refers to, such as an author, or ``number``."""
    for each in row._meta.concrete_fields:
        is_link = each.is_relation and not isinstance(each, ParentalKey)
        # A draft may have a row in which nothing is chosen yet.
        if is_link and getattr(row, each.name, None) is not None:
            return str(getattr(row, each.name))
    name = capfirst(row._meta.verbose_name)
    return f"{name} {number}" if number else name


# Texts of images


ALT, CAPTION = (
    gettext_lazy("The image’s own alternative text"),
    gettext_lazy("The image’s own caption"),
)


@dataclass
class ImageTexts:
    """Texts of the images of a page in one language, by the key of the unit they stand in.

    ``borrowed`` has lists of ``(label, text)`` taken from the images, ``captions`` the number
    of captions shown, and ``wordless`` the number of images without an alternative text.
    """

    borrowed: dict = field(default_factory=dict)
    captions: Counter = field(default_factory=Counter)
    wordless: Counter = field(default_factory=Counter)

    def borrow(self, key, label, text):
        """Add a text that the unit ``key`` takes from an image."""
        self.borrowed.setdefault(key, []).append((label, text))
