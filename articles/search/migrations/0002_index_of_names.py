from django.db import migrations

from diptych.articles.search.inverted_index import inverted_index


def install_names(apps, schema_editor):
    inverted_index(schema_editor.connection).install_names()


def uninstall_names(apps, schema_editor):
    inverted_index(schema_editor.connection).uninstall_names()


class Migration(migrations.Migration):
    """An index of the headlines of authors, topics and other pages that are no articles."""

    dependencies = [("diptych_search", "0001_initial")]
    operations = [migrations.RunPython(install_names, uninstall_names)]
