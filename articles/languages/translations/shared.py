"""Shared content of a page: untranslated fields and child relations."""

from functools import cache

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME

from diptych.articles.languages.config.fields import (
    differing_columns,
    translated_fields,
    untranslated_fields,
)
from diptych.articles.languages.translations.units import identified, pairs, rows_in

#: Bookkeeping fields, which are not content.
OWN_FIELDS = frozenset(
    {
        "path",
        "depth",
        "numchild",
        "translation_key",
        "locale",
        "content_type",
        "live",
        "has_unpublished_changes",
        "url_path",
        "title",
        "draft_title",
        "slug",
        "owner",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
        "first_published_at",
        "last_published_at",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "alias_of",
    }
)

#: Fields that change nothing in what readers are shown.
DATES = frozenset({"go_live_at", "expire_at"})


@cache
def shared_fields(model):
    """The untranslated content fields of a page type."""
    return tuple(
        field
        for field in untranslated_fields(model)
        if field.name not in OWN_FIELDS and not isinstance(field, models.AutoField)
    )


@cache
def shared_relations(model):
    """The names of the child relations of a page type, without comments."""
    names = (relation.get_accessor_name() for relation in get_all_child_relations(model))
    return tuple(name for name in names if name != COMMENTS_RELATION_NAME)


def keep_shared(previous, page, names=None):
    """Restore shared content of ``page`` from ``previous``.

    ``names`` limits this to some fields and relations. Translated fields of rows that exist in
    both keep their values. Returns whether anything was different.
    """
    names = shared_names(type(page)) if names is None else names
    changed = _keep_fields(previous, page, names)
    for name in shared_relations(type(page)):
        changed = (name in names and _keep_rows(name, previous, page)) or changed
    return changed


def changed_shared(before, after):
    """The names of the fields and relations that all languages share and that differ.

    Dates and primary keys of rows count, unlike for readers: see :func:`has_new_shared`.
    """
    fields = [field.name for field in shared_fields(type(after))]
    relations = [
        name
        for name in shared_relations(type(after))
        if _shared_rows(before, name) != _shared_rows(after, name)
    ]
    return [*differing_columns(before, after, fields), *relations]


def has_new_shared(public, draft):
    """Whether ``draft`` would show readers other shared content than ``public``."""
    names = [field.name for field in shared_fields(type(draft)) if field.name not in DATES]
    if differing_columns(public, draft, names):
        return True
    return any(
        _identities(public, name) != _identities(draft, name)
        for name in shared_relations(type(draft))
    )


def _identities(page, name):
    """The rows of a relation in order; they may have no primary key yet, or another one."""
    return [each.identity for each in identified(name, rows_in(page, name))]


def shared_names(model):
    """The names of the fields and relations that all languages share."""
    return [*(field.name for field in shared_fields(model)), *shared_relations(model)]


def _shared_rows(page, name):
    return [_shared_part(row) for row in _in_order(getattr(page, name).all())]


def _keep_fields(previous, page, names):
    names = [field.name for field in shared_fields(type(page)) if field.name in names]
    different = differing_columns(previous, page, names)
    for name in different:
        attribute = page._meta.get_field(name).attname
        setattr(page, attribute, getattr(previous, attribute))
    return bool(different)


def _keep_rows(name, previous, page):
    """Restore the set of rows, their order and their shared fields."""
    present = _in_order(getattr(page, name).all())
    rows = _in_order(getattr(previous, name).all())
    for row, given in pairs(rows, present):
        for columns in translated_fields(type(row)).values():
            for column in columns.values():
                setattr(row, column, getattr(given, column))
    if [_shared_part(row) for row in rows] == [_shared_part(row) for row in present]:
        return False
    getattr(page, name).set(rows)
    return True


def _in_order(rows):
    """Rows in order of ``sort_order``."""
    name = getattr(rows.model, "sort_order_field", None)
    return sorted(rows, key=lambda row: getattr(row, name) or 0) if name else list(rows)


def _shared_part(row):
    order = getattr(row, "sort_order_field", None)
    translated = translated_fields(type(row))
    columns = {name for each in translated.values() for name in each.values()}
    return [
        (field.attname, field.get_prep_value(field.value_from_object(row)))
        for field in row._meta.concrete_fields
        if field.name not in {*columns, *translated, order}
    ]
