from django.db import migrations, models

from diptych.articles.search.inverted_index import inverted_index


def remove_index(apps, schema_editor):
    # Triggers of SQLite would refer to the table that Django makes anew.
    if schema_editor.connection.vendor == "sqlite":
        inverted_index(schema_editor.connection).uninstall()


def install_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        inverted_index(schema_editor.connection).install()


class Migration(migrations.Migration):
    """The forms in which words are written, beside their stems; filled by rebuild_search_index."""

    dependencies = [("diptych_search", "0003_index_by_language")]
    operations = [
        migrations.RunPython(remove_index, install_index),
        migrations.AddField(
            "searchtext",
            "forms",
            models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(install_index, remove_index),
    ]
