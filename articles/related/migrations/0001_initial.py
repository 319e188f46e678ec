import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("diptych_languages", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="PendingUpdate",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
                ("marked_at", models.DateTimeField(verbose_name="since")),
                ("retry_at", models.DateTimeField(verbose_name="next attempt")),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(default=0, verbose_name="failed attempts"),
                ),
                ("error", models.TextField(blank=True, verbose_name="error")),
            ],
            options={
                "verbose_name": "page that waits for its related articles",
                "verbose_name_plural": "pages that wait for their related articles",
            },
        ),
        migrations.CreateModel(
            name="TermStatistics",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12, unique=True, verbose_name="language")),
                ("articles", models.PositiveIntegerField(default=0, verbose_name="articles")),
                ("frequencies", models.BinaryField(null=True)),
                ("newest_day", models.IntegerField(default=0)),
                (
                    "counted_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="counted"),
                ),
                ("rebuilds", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "term statistics",
                "verbose_name_plural": "term statistics",
            },
        ),
        migrations.CreateModel(
            name="Neighbour",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("score", models.SmallIntegerField(verbose_name="similarity")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related",
                        to="diptych_languages.pagelanguage",
                        verbose_name="article",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggested_by",
                        to="diptych_languages.pagelanguage",
                        verbose_name="related article",
                    ),
                ),
            ],
            options={
                "verbose_name": "related article",
                "verbose_name_plural": "related articles",
            },
        ),
        migrations.CreateModel(
            name="TermVector",
            fields=[
                (
                    "row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="term_vector",
                        serialize=False,
                        to="diptych_languages.pagelanguage",
                    ),
                ),
                ("terms", models.BinaryField()),
                ("is_thin", models.BooleanField(default=False)),
                ("updated_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "term vector",
                "verbose_name_plural": "term vectors",
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_thin", True)),
                        fields=["row"],
                        name="diptych_related_thin",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CandidateTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                ("term", models.BigIntegerField(verbose_name="term")),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="diptych_languages.pagelanguage",
                    ),
                ),
            ],
            options={
                "verbose_name": "candidate term",
                "verbose_name_plural": "candidate terms",
                "indexes": [
                    models.Index(
                        fields=["language", "term", "row"], name="diptych_related_candidates"
                    )
                ],
            },
        ),
    ]
