import django.db.models.deletion
from django.db import migrations, models

from diptych.articles.search.inverted_index import inverted_index


def install_index(apps, schema_editor):
    inverted_index(schema_editor.connection).install()


def remove_index(apps, schema_editor):
    inverted_index(schema_editor.connection).uninstall()


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("diptych_languages", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="diptych_languages.pagelanguage",
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("article", "Article"),
                            ("author", "Author"),
                            ("topic", "Topic"),
                            ("page", "Page"),
                        ],
                        max_length=8,
                    ),
                ),
                ("day", models.PositiveIntegerField()),
                ("facets", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                ("word", models.CharField(max_length=60)),
                ("stem", models.CharField(max_length=60)),
                ("spelling", models.CharField(max_length=120)),
                ("start", models.CharField(max_length=2)),
                ("end", models.CharField(max_length=2)),
                ("documents", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="diptych_search.searchentry",
                    ),
                ),
                ("headline", models.TextField(blank=True)),
                ("lead", models.TextField(blank=True)),
                ("headings", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                ("often", models.TextField(blank=True)),
                ("original", models.JSONField(default=dict)),
            ],
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["language", "kind"], name="diptych_search_entries"),
        ),
        migrations.AddIndex(
            model_name="searchword",
            index=models.Index(fields=["language", "stem"], name="diptych_search_stem"),
        ),
        migrations.AddIndex(
            model_name="searchword",
            index=models.Index(fields=["language", "start"], name="diptych_search_start"),
        ),
        migrations.AddIndex(
            model_name="searchword",
            index=models.Index(fields=["language", "end"], name="diptych_search_end"),
        ),
        migrations.AddConstraint(
            model_name="searchword",
            constraint=models.UniqueConstraint(
                fields=("language", "word"), name="diptych_search_word_unique"
            ),
        ),
        migrations.RunPython(install_index, remove_index),
    ]
