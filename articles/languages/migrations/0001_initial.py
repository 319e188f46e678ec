import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LanguageSchedule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                (
                    "act",
                    models.CharField(
                        choices=[("publish", "Publish"), ("unpublish", "Unpublish")],
                        max_length=12,
                        verbose_name="action",
                    ),
                ),
                ("due_at", models.DateTimeField(db_index=True, verbose_name="date")),
                (
                    "content",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder, null=True
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="language_schedules",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="scheduled by",
                    ),
                ),
            ],
            options={
                "verbose_name": "schedule of a language",
                "verbose_name_plural": "schedules of languages",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "language", "act"), name="diptych_schedule_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PageLanguage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                ("slug", models.CharField(max_length=255, verbose_name="slug")),
                ("url_path", models.CharField(max_length=1000, verbose_name="address")),
                ("live", models.BooleanField(default=False, verbose_name="live")),
                (
                    "translated",
                    models.BooleanField(
                        default=False,
                        help_text="The page or its draft has a headline.",
                        verbose_name="translated",
                    ),
                ),
                (
                    "has_draft",
                    models.BooleanField(
                        default=False,
                        help_text="A draft is newer than the live text.",
                        verbose_name="has a draft",
                    ),
                ),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("missing", "Missing"),
                            ("in_progress", "In progress"),
                            ("to_review", "To review"),
                            ("incomplete", "Live, incomplete"),
                            ("outdated", "Out of date"),
                            ("up_to_date", "Up to date"),
                            ("original", "Original"),
                        ],
                        default="missing",
                        max_length=12,
                        verbose_name="translation",
                    ),
                ),
                (
                    "words_missing",
                    models.PositiveIntegerField(default=0, verbose_name="words to translate"),
                ),
                (
                    "words_changed",
                    models.PositiveIntegerField(default=0, verbose_name="words changed"),
                ),
                (
                    "incomplete",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Places of the live text that are still in the source language.",
                        verbose_name="places published incomplete",
                    ),
                ),
                ("edited_at", models.DateTimeField(null=True, verbose_name="last edited")),
                (
                    "outdated_since",
                    models.DateTimeField(
                        help_text="When the live original changed after this live translation of it.",
                        null=True,
                        verbose_name="out of date since",
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="last editor",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="languages",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "page in a language",
                "verbose_name_plural": "pages by language",
                "indexes": [
                    models.Index(fields=["url_path"], name="diptych_address"),
                    models.Index(fields=["language", "live"], name="diptych_language_live"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "language"), name="diptych_page_language_unique"
                    ),
                    models.UniqueConstraint(
                        fields=("language", "url_path"), name="diptych_language_address_unique"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RevisionLanguage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="diptych_languages",
                        to="wagtailcore.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "language of a revision",
                "verbose_name_plural": "languages of revisions",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "language"), name="diptych_revision_language_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TranslationAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                (
                    "requested_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="asked for"),
                ),
                ("due_date", models.DateField(blank=True, null=True, verbose_name="due date")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                (
                    "review",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not handed in"),
                            ("submitted", "Waiting for review"),
                            ("sent_back", "Sent back"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="review",
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="handed in"),
                ),
                (
                    "reviewed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reviewed"),
                ),
                (
                    "review_comment",
                    models.TextField(blank=True, verbose_name="comment of the reviewer"),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translation_assignments",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewed by",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handed in by",
                    ),
                ),
                (
                    "translator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="claimed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "translation assignment",
                "verbose_name_plural": "translation assignments",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "language"), name="diptych_assignment_unique"
                    )
                ],
            },
        ),
    ]
