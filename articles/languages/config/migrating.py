"""Operations for migrations of translated fields: each declares a field once.

The columns are those of the languages that the project has when the migration is loaded, so the
state of the migrations always equals the models, whatever the languages.
"""

from copy import copy

from django.db import migrations, models

from diptych.articles.languages.config.columns import keep_removed_languages
from diptych.articles.languages.config.language_config import available_languages, column


def translated(name, field):
    """The entries of ``CreateModel(fields=[…])`` for a translated field: itself and its columns."""
    in_languages = [(column(name, code), _in_a_language(field, code)) for code in _languages()]
    return [(name, field), *in_languages]


def in_every_language(operation):
    """The operation on a translated field, and the same for its column of each language.

    Takes ``AddField``, ``AlterField``, ``RemoveField`` or ``RenameField``.
    """
    return [operation, *(_operation_in(operation, code) for code in _languages())]


class LanguageMigration(migrations.Migration):
    """A migration of tables with translated fields.

    It leaves the columns of languages that were removed from the settings where they are, also
    where SQLite copies a table to change it.
    """

    def apply(self, project_state, schema_editor, collect_sql=False):
        keep_removed_languages(project_state, schema_editor.connection)
        return super().apply(project_state, schema_editor, collect_sql)

    def unapply(self, project_state, schema_editor, collect_sql=False):
        keep_removed_languages(project_state, schema_editor.connection)
        return super().unapply(project_state, schema_editor, collect_sql)


def _languages():
    return sorted(available_languages())


def _in_a_language(field, language):
    """The field as modeltranslation derives it for a language."""
    _name, _path, args, kwargs = field.deconstruct()
    if not isinstance(field, models.BooleanField):
        kwargs["null"] = True
    if field.db_column:
        kwargs["db_column"] = column(field.db_column, language)
    return type(field)(*args, **kwargs)


def _operation_in(operation, language):
    changed = copy(operation)
    for attribute in ("name", "old_name", "new_name"):
        if hasattr(operation, attribute):
            setattr(changed, attribute, column(getattr(operation, attribute), language))
    if getattr(operation, "field", None) is not None:
        changed.field = _in_a_language(operation.field, language)
    return changed
