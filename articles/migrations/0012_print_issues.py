import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string

import diptych.articles.languages.config.language_config
from diptych.articles.languages.config.migrating import LanguageMigration, translated


def fields_of_a_page():
    """The fields of every page type in several languages."""
    return [
        *translated(
            "headline", models.CharField(blank=True, max_length=255, verbose_name="headline")
        ),
        *translated(
            "url_slug",
            models.SlugField(
                blank=True,
                help_text="The last part of the address. Made from the headline when left empty.",
                max_length=150,
                verbose_name="slug",
            ),
        ),
        *translated(
            "meta_title",
            models.CharField(
                blank=True,
                help_text="Shown in search results instead of the headline.",
                max_length=255,
                verbose_name="title for search engines",
            ),
        ),
        *translated(
            "meta_description",
            models.TextField(
                blank=True,
                help_text="One or two sentences shown under the title in search results.",
                verbose_name="description for search engines",
            ),
        ),
        (
            "source_language",
            models.CharField(
                choices=diptych.articles.languages.config.language_config.language_choices,
                default=diptych.articles.languages.config.language_config.default_language,
                help_text="The language it is first written in.",
                max_length=12,
                verbose_name="source language",
            ),
        ),
        *translated("is_public", _state("live")),
        *translated("publish_requested", _state("goes live")),
        *translated("first_public_at", _moment("first published")),
        *translated("last_public_at", _moment("last published")),
        *translated("updated_at", _moment("updated")),
        *translated(
            "provenance",
            models.JSONField(blank=True, editable=False, null=True, verbose_name="provenance"),
        ),
        (
            "page_ptr",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                parent_link=True,
                primary_key=True,
                related_name="diptych_%(class)s",
                serialize=False,
                to=settings.WAGTAIL_PAGE_MODEL,
            ),
        ),
    ]


def _state(name):
    return models.BooleanField(db_default=False, default=False, editable=False, verbose_name=name)


def _moment(name):
    return models.DateTimeField(blank=True, editable=False, null=True, verbose_name=name)


def _chosen(model, name, help_text=""):
    return models.ForeignKey(
        blank=True,
        help_text=help_text,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=model,
        verbose_name=name,
    )


class Migration(LanguageMigration):
    dependencies = [
        ("diptych", "0011_podcast"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
        migrations.swappable_dependency(get_image_model_string()),
        migrations.swappable_dependency(get_document_model_string()),
    ]

    operations = [
        migrations.CreateModel(
            name="PrintIssueIndexPage",
            fields=[
                *fields_of_a_page(),
                *translated(
                    "introduction", models.TextField(blank=True, verbose_name="introduction")
                ),
            ],
            options={
                "verbose_name": "list of print issues",
                "verbose_name_plural": "lists of print issues",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="PrintIssuePage",
            fields=[
                *fields_of_a_page(),
                (
                    "number",
                    models.CharField(
                        blank=True,
                        help_text="As it stands on the cover, such as 12 or 12–13.",
                        max_length=20,
                        verbose_name="number",
                    ),
                ),
                (
                    "publication_date",
                    models.DateField(
                        blank=True,
                        help_text=(
                            "Readers see the month. The newest issue stands first in the list."
                        ),
                        null=True,
                        verbose_name="date of publication",
                    ),
                ),
                *translated(
                    "introduction",
                    wagtail.fields.RichTextField(blank=True, verbose_name="introduction"),
                ),
                ("cover", _chosen(get_image_model_string(), "cover")),
                *translated(
                    "pdf",
                    _chosen(
                        get_document_model_string(),
                        "PDF",
                        "The issue in this language. Readers of another language are not led to it.",
                    ),
                ),
            ],
            options={"verbose_name": "print issue", "verbose_name_plural": "print issues"},
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="PrintIssueEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                *translated(
                    "section",
                    models.CharField(
                        blank=True,
                        help_text=(
                            "If one begins here. It stands above this entry and those that follow."
                        ),
                        max_length=100,
                        verbose_name="section",
                    ),
                ),
                (
                    "article",
                    _chosen(
                        "diptych.articlepage",
                        "article",
                        "If it is on this site. Its headline and authors are taken from there.",
                    ),
                ),
                *translated(
                    "title",
                    models.CharField(
                        blank=True,
                        help_text=(
                            "For what is only in print, or if it has another headline there. "
                            "Without an article, the entry is left out of a language that has no "
                            "title."
                        ),
                        max_length=255,
                        verbose_name="title",
                    ),
                ),
                (
                    "author",
                    models.CharField(
                        blank=True,
                        help_text="Names, the same in all languages. Only without an article.",
                        max_length=255,
                        verbose_name="author",
                    ),
                ),
                (
                    "page_number",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="page"),
                ),
                (
                    "issue",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="diptych.printissuepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the contents",
                "verbose_name_plural": "entries of the contents",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
    ]
