"""The columns of translated fields: those a table has, and those the settings ask for."""

import re

from django.db import connections, migrations
from django.db.migrations.state import ProjectState
from django.utils.translation import gettext as _
from modeltranslation.utils import build_lang

from diptych.articles.languages.config.language_config import (
    available_languages,
    column,
    default_language,
    language_name,
)

#: The suffix of a column, after the name of the translated field: ``fr``, ``pt_br``.
#: Modeltranslation writes ``ind`` for Indonesian, as ``_id`` ends the columns of relations.
LANGUAGE = re.compile(r"(?!id$)[a-z]{2,3}(_[a-z0-9]{2,8})*")


def missing_columns(models, connection):
    """The fields without a column in the database, as ``{model: {language: [field, …]}}``.

    ``models`` are those of the project or of a state of migrations; tables that do not exist are
    left out.
    """
    missing = {}
    for model, stored in _stored_columns(models, connection):
        for language in available_languages():
            fields = _fields_in(model, language).values()
            lacking = [field for field in fields if field.column not in stored]
            if lacking:
                missing.setdefault(model, {})[language] = lacking
    return missing


def outdated_tables(models, connection):
    """Those of ``models`` with translated fields whose table lacks a column of any field.

    Such is a page type of a project that is new or has got the mixin, before its migration is
    written; a new one has no table yet.
    """
    stored = dict(_stored_columns(models, connection))
    return [
        model
        for model in _with_translated_columns(models)
        if not stored.get(model, set()).issuperset(
            field.column for field in model._meta.local_concrete_fields
        )
    ]


def removed_languages(models, connection):
    """The columns of languages that are not in the settings.

    Returns ``{model: {column name: (name of the field, one of its fields, suffix)}}``; the suffix
    is the code of the language as it stands in names of columns.
    """
    removed = {}
    for model, stored in _stored_columns(models, connection):
        unknown = stored - {field.column for field in model._meta.local_concrete_fields}
        found = {}
        for name, field in sorted(_fields_in(model, default_language()).items(), reverse=True):
            before, after = field.column.rsplit(f"_{build_lang(default_language())}", 1)
            for each in sorted(unknown - found.keys()):
                suffix = each.removeprefix(f"{before}_").removesuffix(after)
                if each == f"{before}_{suffix}{after}" and LANGUAGE.fullmatch(suffix):
                    found[each] = (name, field, suffix)
        if found:
            removed[model] = found
    return removed


def keep_removed_languages(state, connection):
    """Add the columns of removed languages to a state, so that no operation drops them."""
    for model, columns in removed_languages(state.apps.get_models(), connection).items():
        options = model._meta
        for name, field, suffix in columns.values():
            named = f"{name}_{suffix}"
            state.add_field(options.app_label, options.model_name, named, field.clone(), True)


def add_missing_columns(apps, using, verbosity=1, stdout=None, **kwargs):
    """A receiver of ``pre_migrate``: add the columns of languages that are new in the settings.

    ``apps`` is the state of the applied migrations, so that columns of later ones are not added
    before their time. The columns of a table are added in one transaction where the database allows
    it; existing columns are not touched.
    """
    connection = connections[using]
    missing = missing_columns(apps.get_models(), connection)
    if not missing:
        return
    state = ProjectState.from_apps(apps)
    for model, languages in missing.items():
        for field in _all(languages):
            state.remove_field(model._meta.app_label, model._meta.model_name, field.name)
    keep_removed_languages(state, connection)
    for model, languages in missing.items():
        if verbosity and stdout:
            names = ", ".join(f"{language_name(code)} ({code})" for code in languages)
            message = _("Adding columns to %(table)s for %(languages)s")
            stdout.write("  " + message % {"table": model._meta.db_table, "languages": names})
        _add(state, model, _all(languages), connection)


def _add(state, model, fields, connection):
    label, name = model._meta.app_label, model._meta.model_name
    with connection.schema_editor() as editor:
        for field in sorted(fields, key=lambda field: field.null, reverse=True):
            operation = migrations.AddField(name, field.name, field.clone())
            before = state.clone()
            operation.state_forwards(label, state)
            operation.database_forwards(label, editor, before, state)


def _all(languages):
    return [field for fields in languages.values() for field in fields]


def _fields_in(model, language):
    """The columns of a model in ``language``, by the name of the translated field.

    A field is translated if it has a column for the default language.
    """
    fields = {field.name: field for field in model._meta.local_concrete_fields}
    translated = [name for name in fields if column(name, default_language()) in fields]
    named = {name: fields.get(column(name, language)) for name in translated}
    return {name: field for name, field in named.items() if field is not None}


def _with_translated_columns(models):
    """Those of ``models`` whose table, made by migrations, has columns of languages."""
    for model in models:
        options = model._meta
        if options.managed and not options.proxy and _fields_in(model, default_language()):
            yield model


def _stored_columns(models, connection):
    """The models that have translated fields and a table, each with the names of its columns."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in _with_translated_columns(models):
            if model._meta.db_table not in tables:
                continue
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {table} WHERE 1 = 0")  # noqa: S608 a quoted name of a table
            yield model, {each[0] for each in cursor.description}
