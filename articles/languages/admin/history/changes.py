"""The differences between two versions of a page in one language, unit by unit."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from diptych.articles.languages.admin.merging.changes import in_words, name_of
from diptych.articles.languages.config.fields import (
    differing_columns,
    readable_columns,
    written_columns,
)
from diptych.articles.languages.translations.differences import word_differences
from diptych.articles.languages.translations.units import (
    label_of,
    pairs,
    row_name,
    translated_relations,
    units_in,
)


@dataclass
class Change:
    label: str
    before: str
    after: str

    @property
    def has_other_words(self):
        return self.before != self.after

    @cached_property
    def differences(self):
        return word_differences(self.before, self.after)


def changes_between(before, after, language):
    """Every :class:`Change` from one version of a page to another, in the order of the page."""
    changes = []
    readable = readable_columns(type(after), language)
    links = set(written_columns(type(after), language)) - set(readable)
    for name in [*readable, *sorted(links)]:
        field = after._meta.get_field(name)
        if isinstance(field, StreamField):
            changes += _changes_of_blocks(before, after, language, field)
        elif differing_columns(before, after, [name]):
            texts = [in_words(field, getattr(version, name)) for version in (before, after)]
            changes.append(Change(name_of(field, None), *texts))
    return [*changes, *_changes_of_rows(before, after, language)]


def _changes_of_blocks(before, after, language, field):
    name = field.translated_field.name
    old, new = (
        {
            key: unit
            for key, unit in units_in(version, language, rows=()).items()
            if unit.field_name == name
        }
        for version in (before, after)
    )
    for key in dict.fromkeys([*new, *old]):
        first, second = old.get(key), new.get(key)
        if first is None or second is None or first.exact_fingerprint != second.exact_fingerprint:
            label = label_of(after, second or first)
            yield Change(label, first.text if first else "", second.text if second else "")


def _changes_of_rows(before, after, language):
    for name in translated_relations(type(after)):
        for row, known in pairs(getattr(after, name).all(), getattr(before, name).all()):
            columns = written_columns(type(row), language)
            for column in differing_columns(known, row, columns):
                field = row._meta.get_field(column)
                texts = [in_words(field, getattr(each, column)) for each in (known, row)]
                names = {"field": name_of(field, None), "row": row_name(row)}
                yield Change(_("%(field)s: %(row)s") % names, *texts)
