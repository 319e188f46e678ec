"""The rows below a page in which something is translated, such as what each author did.

A row of a draft that was never live has no number, and one that is published again may get
another. What all languages share in it tells it from the others, in every draft and on the live
page; its number helps where that changes.
"""

from dataclasses import dataclass
from functools import cache

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations

from articles.languages.fields import translated_fields, untranslated_fields
from articles.languages.merging.parts import content_of, fingerprint


@dataclass(frozen=True)
class TranslatedRow:
    """A row below a page, with its place among the others and what it is known by."""

    relation: str
    identity: str
    number: int
    instance: object

    @property
    def pk(self):
        """The number of the row as it can be kept on record, ``None`` before it has one."""
        return None if self.instance.pk is None else str(self.instance.pk)

    def key_of(self, field_name):
        """The key of the unit of one of its fields."""
        return f"{self.relation}.{self.identity}.{field_name}"

    def label_of(self, field_name):
        """What people call one of its fields: "Role: Léa Rochat"."""
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


def rows_of(page):
    """Every :class:`TranslatedRow` of ``page``, in the order in which readers see them."""
    return [
        row
        for relation in translated_relations(type(page))
        for row in identified(relation, getattr(page, relation).all())
    ]


def identified(relation, instances):
    """A :class:`TranslatedRow` for each of the ``instances`` of one relation, in order.

    Those that share everything with another are told apart by their age.
    """
    instances = sorted(instances, key=_position)
    names, known = {}, {}
    for each in sorted(instances, key=lambda row: (row.pk is None, row.pk or 0)):
        said = _what_is_shared(each)
        known[said] = known.get(said, 0) + 1
        names[id(each)] = said if known[said] == 1 else f"{said}-{known[said]}"
    return [
        TranslatedRow(relation, names[id(each)], number, each)
        for number, each in enumerate(instances, 1)
    ]


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
    """One that was just added has no place yet, and comes last."""
    order = getattr(row, "sort_order_field", None)
    place = getattr(row, order) if order else 0
    return place is None, place or 0


def _what_is_shared(row):
    fields = _shared_fields(type(row))
    return fingerprint([content_of(field, getattr(row, field.attname)) for field in fields])


@cache
def _shared_fields(model):
    """What people choose or write in a row for all languages together."""
    return tuple(
        field
        for field in untranslated_fields(model)
        if field.editable and not isinstance(field, ParentalKey)
    )


def row_name(row, number=None):
    """What a row below a page is about, such as the author it names; else its ``number``."""
    for field in row._meta.concrete_fields:
        is_link = field.is_relation and not isinstance(field, ParentalKey)
        # A draft may have a row in which nothing is chosen yet.
        if is_link and getattr(row, field.name, None) is not None:
            return str(getattr(row, field.name))
    name = capfirst(row._meta.verbose_name)
    return f"{name} {number}" if number else name
