import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("diptych_languages", "0015_sorted_headline"),
        ("diptych_related", "0003_broken_off_rebuilds"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("limit", models.PositiveSmallIntegerField(default=0)),
                ("counted_at", models.DateTimeField(null=True)),
                ("begun_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "count of links between articles",
                "verbose_name_plural": "counts of links between articles",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ArticleLinks",
            fields=[
                (
                    "row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="diptych_languages.pagelanguage",
                    ),
                ),
                ("shown", models.PositiveIntegerField()),
                ("picked", models.PositiveIntegerField()),
                ("linked", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "links to an article",
                "verbose_name_plural": "links to articles",
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["shown", "row"], name="diptych_links_shown"),
                    models.Index(fields=["picked", "row"], name="diptych_links_picked"),
                    models.Index(fields=["linked", "row"], name="diptych_links_linked"),
                ],
            },
        ),
    ]
