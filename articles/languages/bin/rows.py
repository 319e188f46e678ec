"""The rows that deleting pages removes from the database, stored and written again.

Deleting a page deletes its rows in the tables of its page type, its revisions, comments and rows
below it, and rows that refer to it, such as the picks of other articles; other references to it are
cleared. :func:`snapshot` stores all of this before, :func:`write` restores it under the same
primary keys. Rows that are derived from pages are rebuilt instead.
"""

import json
import zlib
from collections import defaultdict
from datetime import datetime

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.core.serializers.python import Deserializer, Serializer
from django.db import IntegrityError, transaction
from django.db.models import CASCADE
from django.db.models.deletion import Collector
from wagtail.images.models import AbstractRendition
from wagtail.models import AbstractPage, Site
from wagtail.search.models import IndexEntry

from diptych.articles.languages.config.fields import untranslated_fields
from diptych.articles.languages.index.indexing import reindex_saved
from diptych.articles.languages.index.querysets import plain
from diptych.articles.languages.index.references import references_to
from diptych.articles.languages.models import PageLanguage

#: Derived from pages and images, as is every row that cannot be without one of these. Models of
#: other applications are marked by ``stored_in_bin = False``.
DERIVED = (PageLanguage, IndexEntry, AbstractRendition)
#: How many rows are read in one query.
PART = 500


class _Encoder(DjangoJSONEncoder):
    """Keeps the microseconds of dates, which Django's own cuts off."""

    def default(self, value):
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


class _RowSerializer(Serializer):
    def handle_m2m_field(self, obj, field):
        """Nothing: the rows of the table between two models are deleted, and stored, as rows."""


def snapshot(pages):
    """The rows that deleting the queryset ``pages`` would remove, as bytes for :func:`read`.

    Raises Django's ``ProtectedError`` or ``RestrictedError`` where a reference prevents that.
    """
    collector = Collector(using=pages.db)
    collector.collect(pages)
    keys = defaultdict(set)
    for model, rows in collector.data.items():
        keys[model] |= {row.pk for row in rows}
    for rows in collector.fast_deletes:
        keys[rows.model] |= set(rows.values_list("pk", flat=True))
    kept = {model: found for model, found in keys.items() if not is_derived(model)}
    stored = {
        "rows": [row for model, found in kept.items() for row in _serialized(model, found)],
        "references": _references(collector, keys),
    }
    return zlib.compress(json.dumps(stored, cls=_Encoder).encode())


def is_derived(model, seen=()):
    """Whether the rows of ``model`` are made of others, and can be made again."""
    if issubclass(model, DERIVED) or not getattr(model, "stored_in_bin", True):
        return True
    needed = {
        each.remote_field.model
        for each in model._meta.concrete_fields
        if each.many_to_one or each.one_to_one
        if not each.null
    }
    return any(is_derived(each, (*seen, model)) for each in needed - {model, *seen})


def _serialized(model, keys):
    found = sorted(keys)
    for start in range(0, len(found), PART):
        rows = plain(model).filter(pk__in=found[start : start + PART]).order_by("pk")
        yield from _RowSerializer().serialize(rows)


def _references(collector, deleted):
    """The references that a deletion clears in rows that stay, as lists."""
    cleared = [
        [row._meta.label, field.name, row.pk, getattr(row, field.attname)]
        for (field, value), updates in collector.field_updates.items()
        if value is None and field in untranslated_fields(field.model)
        for rows in updates
        for row in rows
    ]
    for target, keys in deleted.items():
        for rows, column in references_to(target, keys):
            stored = rows.values_list("pk", column)
            cleared += [[rows.model._meta.label, column, *each] for each in stored]
    gone = {model._meta.label: keys for model, keys in deleted.items()}
    return [each for each in cleared if each[2] not in gone.get(each[0], ())]


# Writing


def read(stored):
    """The ``(objects, references)`` of a :func:`snapshot`, the objects not saved.

    Models and fields that no longer exist are left out.
    """
    content = json.loads(zlib.decompress(bytes(stored)))
    rows = Deserializer(content["rows"], ignorenonexistent=True)
    return [row.object for row in rows], content["references"]


def write(objects, references):
    """Insert the ``objects`` and set the ``references`` of :func:`read`; call in a transaction.

    Foreign keys to deleted objects are cleared; rows that cannot be without them are left out. So
    are rows other than pages whose primary key has been taken, and rows that refer to these.
    """
    for each in _insert_all(objects):
        if not isinstance(each, AbstractPage):
            reindex_saved(each)
    for label, name, pk, value in references:
        _refer(label, name, pk, value)


def _insert_all(objects):
    """Insert ``objects``, see :func:`write`; returns those that have been inserted."""
    while True:
        kept = _without_dangling(objects)
        with transaction.atomic():
            taken = [each for each in kept if not _insert(each)]
            if not taken:
                return kept
            transaction.set_rollback(True)
        objects = [each for each in kept if each not in taken]


def _insert(row):
    if isinstance(row, AbstractPage):
        row.save_base(raw=True, force_insert=True)
        return True
    if isinstance(row, Site) and Site.objects.filter(is_default_site=True).exists():
        row.is_default_site = False
    try:
        with transaction.atomic():
            row.save_base(raw=True, force_insert=True)
    except IntegrityError:
        return False
    return True


def _without_dangling(objects):
    """The ``objects`` whose foreign keys lead to one another or to stored objects."""
    while True:
        known = _known_targets(objects)
        kept = [each for each in objects if _clear_dangling(each, known)]
        if len(kept) == len(objects):
            return kept
        objects = kept


def _clear_dangling(row, known):
    """Clear foreign keys of ``row`` to deleted objects; return whether it can be without them.

    It cannot if it would have been deleted with these objects.
    """
    for field in _foreign_keys(type(row)):
        value = getattr(row, field.attname)
        if value is None or value in known[_target_of(field)]:
            continue
        if not field.null or field.remote_field.on_delete is CASCADE:
            return False
        setattr(row, field.attname, None)
    return True


def _known_targets(objects):
    """By model and column that a foreign key refers to, the values among ``objects`` or stored."""
    wanted, known = defaultdict(set), defaultdict(set)
    for row in objects:
        for field in _foreign_keys(type(row)):
            wanted[_target_of(field)].add(getattr(row, field.attname))
    for target, attname in wanted:
        here = {getattr(row, attname) for row in objects if type(row) is target}
        rows = target._base_manager.filter(**{f"{attname}__in": wanted[target, attname] - here})
        known[target, attname] = here | set(rows.values_list(attname, flat=True))
    return known


def _foreign_keys(model):
    keys = [each for each in model._meta.concrete_fields if each.many_to_one or each.one_to_one]
    return [each for each in keys if each.db_constraint]


def _target_of(field):
    return field.remote_field.model, field.target_field.attname


def _refer(label, name, pk, value):
    """Set a reference that the deletion has cleared, unless it has been set since."""
    try:
        model = apps.get_model(label)
        field = model._meta.get_field(name)
    except LookupError:
        return
    if not field.remote_field.model._base_manager.filter(pk=value).exists():
        return
    rows = plain(model).filter(pk=pk, **{f"{name}__isnull": True})
    if rows.update(**{name: value}):
        reindex_saved(model._base_manager.get(pk=pk))
