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
            name="RelatedTerm",
            fields=[
                ("key", models.BigAutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "term of a text",
                "verbose_name_plural": "terms of texts",
            },
        ),
        migrations.CreateModel(
            name="RelatedUncounted",
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
                ("terms", models.BinaryField()),
            ],
            options={
                "verbose_name": "text that is not counted yet",
                "verbose_name_plural": "texts that are not counted yet",
            },
        ),
        migrations.CreateModel(
            name="RelatedVocabulary",
            fields=[
                ("number", models.SmallAutoField(primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=12, unique=True, verbose_name="language")),
                ("articles", models.PositiveIntegerField(default=0, verbose_name="articles")),
                ("terms", models.BinaryField(null=True)),
                ("newest_day", models.IntegerField(default=0)),
                (
                    "counted_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="counted"),
                ),
                ("changes", models.PositiveIntegerField(default=0, verbose_name="changes since")),
                ("rebuilds", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "vocabulary",
                "verbose_name_plural": "vocabularies",
            },
        ),
        migrations.CreateModel(
            name="RelatedWaiting",
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
            name="RelatedPage",
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
            name="RelatedText",
            fields=[
                (
                    "row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="related_text",
                        serialize=False,
                        to="diptych_languages.pagelanguage",
                    ),
                ),
                ("is_thin", models.BooleanField(default=False)),
                ("has_changed", models.BooleanField(default=True)),
                ("size", models.PositiveSmallIntegerField()),
                ("terms", models.BinaryField()),
            ],
            options={
                "verbose_name": "text that is compared",
                "verbose_name_plural": "texts that are compared",
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_thin", True)),
                        fields=["row"],
                        name="diptych_related_thin",
                    ),
                    models.Index(
                        condition=models.Q(("has_changed", True)),
                        fields=["row"],
                        name="diptych_related_new",
                    ),
                ],
            },
        ),
    ]
