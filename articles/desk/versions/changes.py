"""What two versions of a page say differently in one language, piece by piece."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField

from articles.languages.fields import differing_columns, readable_columns, written_columns
from articles.languages.merging.words import in_words, name_of
from articles.languages.translations.differences import word_differences
from articles.languages.translations.units import label_of, units_in


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
        {key: unit for key, unit in units_in(version, language).items() if unit.field_name == name}
        for version in (before, after)
    )
    for key in dict.fromkeys([*new, *old]):
        first, second = old.get(key), new.get(key)
        if first is None or second is None or first.fingerprint != second.fingerprint:
            label = label_of(after, second or first)
            yield Change(label, first.text if first else "", second.text if second else "")


def _changes_of_rows(before, after, language):
    for relation in get_all_child_relations(type(after)):
        columns = written_columns(relation.related_model, language)
        name = relation.get_accessor_name()
        known = {row.pk: row for row in getattr(before, name).all()}
        for row in getattr(after, name).all():
            for column in differing_columns(known.get(row.pk, row), row, columns):
                field = row._meta.get_field(column)
                texts = [in_words(field, getattr(each, column)) for each in (known[row.pk], row)]
                names = {"field": name_of(field, None), "row": row_name(row)}
                yield Change(_("%(field)s: %(row)s") % names, *texts)


def row_name(row):
    """What a row below a page is about, such as the author it names."""
    for field in row._meta.concrete_fields:
        is_link = field.is_relation and not isinstance(field, ParentalKey)
        if is_link and getattr(row, field.name) is not None:
            return str(getattr(row, field.name))
    return capfirst(row._meta.verbose_name)
