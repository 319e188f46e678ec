"""The columns of translated fields: as migrations declare them, and as a database has them."""

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from modeltranslation.translator import translator

from diptych.articles.languages.config.columns import (
    keep_removed_languages,
    missing_columns,
    removed_languages,
)
from diptych.articles.languages.config.migrating import (
    LanguageMigration,
    in_every_language,
    translated,
)
from diptych.articles.models import ArticlePage, AuthorPage

TRANSLATED = [
    pytest.param(model._meta.get_field(name), id=f"{model.__name__}-{name}")
    for model in translator.get_registered_models(abstract=False)
    for name in translator.get_options_for_model(model).local_fields
]


def execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("field", TRANSLATED)
def test_a_column_is_declared_as_modeltranslation_makes_it(field):
    (_name, itself), *columns = translated(field.name, field.clone())
    assert itself.deconstruct()[1:] == field.deconstruct()[1:]
    assert {name for name, _column in columns} == {f"{field.name}_fr", f"{field.name}_en"}
    for name, column in columns:
        assert column.deconstruct()[1:] == field.model._meta.get_field(name).deconstruct()[1:]


def test_the_name_of_a_column_is_that_of_its_language():
    field = models.TextField(db_column="words")
    named = {column.db_column for _name, column in translated("text", field)}
    assert named == {"words", "words_fr", "words_en"}


def test_an_operation_is_done_in_every_language():
    field = models.CharField(max_length=20, default="")
    add = in_every_language(migrations.AddField("articlepage", "kicker", field))
    alter = in_every_language(migrations.AlterField("articlepage", "kicker", field))
    for operations in (add, alter):
        nulls = {operation.name: operation.field.null for operation in operations}
        assert nulls == {"kicker": False, "kicker_fr": True, "kicker_en": True}
    remove = in_every_language(migrations.RemoveField("articlepage", "kicker"))
    assert [operation.name for operation in remove] == ["kicker", "kicker_en", "kicker_fr"]
    rename = in_every_language(migrations.RenameField("articlepage", "kicker", "label"))
    names = [(operation.old_name, operation.new_name) for operation in rename]
    assert names == [("kicker", "label"), ("kicker_en", "label_en"), ("kicker_fr", "label_fr")]


def test_a_missing_column_is_found(db):
    assert missing_columns(apps.get_models(), connection) == {}
    execute("ALTER TABLE diptych_articlepage DROP COLUMN lead_en")
    execute("ALTER TABLE diptych_authorpage DROP COLUMN role_fr")
    found = missing_columns(apps.get_models(), connection)
    assert found == {
        ArticlePage: {"en": [ArticlePage._meta.get_field("lead_en")]},
        AuthorPage: {"fr": [AuthorPage._meta.get_field("role_fr")]},
    }


def test_the_columns_of_a_removed_language_are_kept_by_a_migration(db):
    assert removed_languages(apps.get_models(), connection) == {}
    for column in (
        "headline_zh_hans",
        "translator_zh_hans_id",
        "lead_ind",
        "note",
        "headline_fra3",
    ):
        execute(f"ALTER TABLE diptych_articlepage ADD COLUMN {column} integer")
    found = removed_languages([ArticlePage], connection)[ArticlePage]
    suffixes = {name: suffix for name, (_field, _column, suffix) in found.items()}
    assert suffixes == {
        "headline_zh_hans": "zh_hans",
        "translator_zh_hans_id": "zh_hans",
        "lead_ind": "ind",
    }
    state = MigrationLoader(connection).project_state()
    keep_removed_languages(state, connection)
    kept = state.apps.get_model("diptych", "ArticlePage")._meta
    assert kept.get_field("translator_zh_hans").column == "translator_zh_hans_id"
    assert kept.get_field("headline_zh_hans").max_length == 255


def test_every_state_of_a_page_has_a_default_in_the_database():
    """A language that is removed from the settings leaves a column that nobody fills in."""
    for model in translator.get_registered_models(abstract=False):
        for name in translator.get_options_for_model(model).local_fields:
            field = model._meta.get_field(name)
            assert (
                field.null
                or not isinstance(field, models.BooleanField)
                or field.db_default is False
            )


def test_migrations_of_articles_keep_the_columns_of_removed_languages():
    disk = MigrationLoader(None).disk_migrations
    ours = [migration for (label, _name), migration in disk.items() if label == "diptych"]
    changing = (migrations.AddField, migrations.AlterField, migrations.RemoveField)
    for migration in ours:
        if any(isinstance(operation, changing) for operation in migration.operations):
            assert isinstance(migration, LanguageMigration), migration
