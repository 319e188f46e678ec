"""The translated fields of a model, read from modeltranslation's registry."""

import json
from functools import cache

from modeltranslation.translator import NotRegistered, translator
from wagtail.fields import StreamField

from diptych.articles.languages.config.language_config import column

#: Publication state of the page, never restored from a revision.
STATE_FIELDS = ("is_public", "first_public_at", "last_public_at", "updated_at")
#: The languages in which a draft requests to be published.
REQUEST_FIELDS = ("publish_requested",)
#: Metadata about a text.
RECORD_FIELDS = ("provenance",)


@cache
def translated_fields(model):
    """Map each translated field name of ``model`` to ``{language: column name}``."""
    try:
        options = translator.get_options_for_model(model)
    except NotRegistered:
        return {}
    return {
        name: {field.language: field.name for field in fields}
        for name, fields in options.all_fields.items()
    }


@cache
def languages_by_column(model):
    """The language of each translated column of ``model``, by its name."""
    return {
        name: language
        for columns in translated_fields(model).values()
        for language, name in columns.items()
    }


@cache
def untranslated_fields(model):
    """The fields of ``model`` without translations, except its primary key."""
    translated = translated_fields(model)
    columns = languages_by_column(model)
    return tuple(
        field
        for field in model._meta.concrete_fields
        if field.name not in columns and field.name not in translated and not field.primary_key
    )


def language_of(model, name):
    """The language of a column, or ``None`` if it is not translated."""
    return languages_by_column(model).get(name)


@cache
def record_columns(model):
    """The columns with metadata about texts (provenance), in every language."""
    fields = translated_fields(model)
    return tuple(
        name
        for field in RECORD_FIELDS
        if field in fields
        for name in (field, *fields[field].values())
    )


@cache
def text_columns(model, language):
    """The columns of a draft for ``language``: texts and their metadata."""
    skipped = {*STATE_FIELDS, *REQUEST_FIELDS}
    return tuple(
        columns[language]
        for name, columns in translated_fields(model).items()
        if name not in skipped and language in columns
    )


@cache
def written_columns(model, language):
    """The columns of ``model`` for ``language`` that editors fill in."""
    records = {column(name, language) for name in RECORD_FIELDS}
    return tuple(name for name in text_columns(model, language) if name not in records)


@cache
def readable_columns(model, language):
    """The columns of :func:`written_columns` that hold text, not relations."""
    written = set(written_columns(model, language))
    fields = sorted(translated_fields(model), key=lambda name: _position(model, name))
    columns = [column(name, language) for name in fields]
    return tuple(
        name for name in columns if name in written and not model._meta.get_field(name).is_relation
    )


def _position(model, name):
    return model._meta.get_field(name).creation_counter


@cache
def served_columns(model, language):
    """The columns of ``model`` that its page needs for readers of ``language``.

    These are all but metadata and the texts of the other languages, whose headlines are needed.
    """
    languages, kept = languages_by_column(model), {*state_columns(model), *REQUEST_FIELDS}
    kept |= {*translated_fields(model).get("headline", {}).values()}
    skipped = {name for name in languages if languages[name] != language} - kept
    skipped |= {*translated_fields(model), *record_columns(model)}
    return tuple(f.name for f in model._meta.concrete_fields if f.name not in skipped)


@cache
def state_columns(model):
    """The columns of ``model`` that hold the state of publication, in every language."""
    return tuple(
        column
        for name, columns in translated_fields(model).items()
        if name in STATE_FIELDS
        for column in columns.values()
    )


def stored_value(instance, column):
    """The serialised value of a column, for comparison."""
    field = instance._meta.get_field(column)
    value = field.get_prep_value(field.value_from_object(instance))
    return value or ""


def revised_value(model, content, column):
    """The value of a column of ``model`` in the content of a revision, for comparison.

    Streams are decoded, as databases order the keys of JSON objects differently.
    """
    value = content.get(column)
    if isinstance(value, str) and isinstance(model._meta.get_field(column), StreamField):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def differing_columns(first, second, columns):
    """Those of ``columns`` whose stored values differ between two instances."""
    return [name for name in columns if stored_value(first, name) != stored_value(second, name)]
