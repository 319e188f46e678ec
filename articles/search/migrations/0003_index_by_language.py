from django.db import migrations

from diptych.articles.search.inverted_index import inverted_index


def sort_by_language(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        inverted_index(schema_editor.connection).install()


class Migration(migrations.Migration):
    """The index of texts on SQLite, with its rows sorted by language."""

    dependencies = [("diptych_search", "0002_index_of_names")]
    operations = [migrations.RunPython(sort_by_language, migrations.RunPython.noop)]
