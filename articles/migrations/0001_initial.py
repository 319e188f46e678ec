import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import modelsearch.index
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models
from wagtail.images import get_image_model_string

import diptych.articles.languages.config.language_config
import diptych.articles.models.settings
import diptych.articles.richtext.fields
from diptych.articles.languages.config.migrating import LanguageMigration, translated


class Migration(LanguageMigration):
    initial = True

    dependencies = [
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
        migrations.swappable_dependency(get_image_model_string()),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleIndexPage",
            fields=[
                *translated(
                    "headline",
                    models.CharField(blank=True, max_length=255, verbose_name="headline"),
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
                *translated(
                    "is_public",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="live"
                    ),
                ),
                *translated(
                    "publish_requested",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="goes live"
                    ),
                ),
                *translated(
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                *translated(
                    "last_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="last published"
                    ),
                ),
                *translated(
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                *translated(
                    "provenance",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="provenance"
                    ),
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
                *translated(
                    "introduction", models.TextField(blank=True, verbose_name="introduction")
                ),
            ],
            options={
                "verbose_name": "list of articles",
                "verbose_name_plural": "lists of articles",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="AuthorIndexPage",
            fields=[
                *translated(
                    "headline",
                    models.CharField(blank=True, max_length=255, verbose_name="headline"),
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
                *translated(
                    "is_public",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="live"
                    ),
                ),
                *translated(
                    "publish_requested",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="goes live"
                    ),
                ),
                *translated(
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                *translated(
                    "last_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="last published"
                    ),
                ),
                *translated(
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                *translated(
                    "provenance",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="provenance"
                    ),
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
                *translated(
                    "introduction", models.TextField(blank=True, verbose_name="introduction")
                ),
            ],
            options={
                "verbose_name": "list of authors",
                "verbose_name_plural": "lists of authors",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="SeriesPage",
            fields=[
                *translated(
                    "headline",
                    models.CharField(blank=True, max_length=255, verbose_name="headline"),
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
                *translated(
                    "is_public",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="live"
                    ),
                ),
                *translated(
                    "publish_requested",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="goes live"
                    ),
                ),
                *translated(
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                *translated(
                    "last_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="last published"
                    ),
                ),
                *translated(
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                *translated(
                    "provenance",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="provenance"
                    ),
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
                *translated(
                    "description", models.TextField(blank=True, verbose_name="description")
                ),
            ],
            options={
                "verbose_name": "series",
                "verbose_name_plural": "series",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="StandardPage",
            fields=[
                *translated(
                    "headline",
                    models.CharField(blank=True, max_length=255, verbose_name="headline"),
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
                *translated(
                    "is_public",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="live"
                    ),
                ),
                *translated(
                    "publish_requested",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="goes live"
                    ),
                ),
                *translated(
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                *translated(
                    "last_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="last published"
                    ),
                ),
                *translated(
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                *translated(
                    "provenance",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="provenance"
                    ),
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
                *translated("lead", models.TextField(blank=True, verbose_name="lead")),
                *translated(
                    "body",
                    diptych.articles.richtext.fields.StreamField(
                        [], blank=True, verbose_name="body"
                    ),
                ),
            ],
            options={
                "verbose_name": "plain page",
                "verbose_name_plural": "plain pages",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="TopicIndexPage",
            fields=[
                *translated(
                    "headline",
                    models.CharField(blank=True, max_length=255, verbose_name="headline"),
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
                *translated(
                    "is_public",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="live"
                    ),
                ),
                *translated(
                    "publish_requested",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="goes live"
                    ),
                ),
                *translated(
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                *translated(
                    "last_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="last published"
                    ),
                ),
                *translated(
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                *translated(
                    "provenance",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="provenance"
                    ),
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
                *translated(
                    "introduction", models.TextField(blank=True, verbose_name="introduction")
                ),
            ],
            options={
                "verbose_name": "list of topics",
                "verbose_name_plural": "lists of topics",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="TopicPage",
            fields=[
                *translated(
                    "headline",
                    models.CharField(blank=True, max_length=255, verbose_name="headline"),
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
                *translated(
                    "is_public",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="live"
                    ),
                ),
                *translated(
                    "publish_requested",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="goes live"
                    ),
                ),
                *translated(
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                *translated(
                    "last_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="last published"
                    ),
                ),
                *translated(
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                *translated(
                    "provenance",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="provenance"
                    ),
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
                *translated(
                    "description", models.TextField(blank=True, verbose_name="description")
                ),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="AuthorPage",
            fields=[
                *translated(
                    "headline",
                    models.CharField(blank=True, max_length=255, verbose_name="headline"),
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
                *translated(
                    "is_public",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="live"
                    ),
                ),
                *translated(
                    "publish_requested",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="goes live"
                    ),
                ),
                *translated(
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                *translated(
                    "last_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="last published"
                    ),
                ),
                *translated(
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                *translated(
                    "provenance",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="provenance"
                    ),
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
                *translated(
                    "role",
                    models.CharField(
                        blank=True,
                        help_text="Editor, student of law, guest…",
                        max_length=150,
                        verbose_name="role",
                    ),
                ),
                *translated(
                    "biography", wagtail.fields.RichTextField(blank=True, verbose_name="biography")
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        help_text="With which this person signs in; translations made with it are credited.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "author",
                "verbose_name_plural": "authors",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="AuthorLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("label", models.CharField(max_length=50, verbose_name="label")),
                ("url", models.URLField(verbose_name="address")),
                (
                    "author",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="diptych.authorpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "link",
                "verbose_name_plural": "links",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ArticlePage",
            fields=[
                *translated(
                    "headline",
                    models.CharField(blank=True, max_length=255, verbose_name="headline"),
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
                *translated(
                    "is_public",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="live"
                    ),
                ),
                *translated(
                    "publish_requested",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="goes live"
                    ),
                ),
                *translated(
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                *translated(
                    "last_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="last published"
                    ),
                ),
                *translated(
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                *translated(
                    "provenance",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="provenance"
                    ),
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
                *translated(
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="One to three sentences that open the article.",
                        verbose_name="lead",
                    ),
                ),
                *translated(
                    "body",
                    diptych.articles.richtext.fields.StreamField(
                        [], blank=True, verbose_name="body"
                    ),
                ),
                *translated(
                    "hero_alt",
                    models.CharField(
                        blank=True,
                        help_text="Only if it should differ here from the image’s own text.",
                        max_length=255,
                        verbose_name="alternative text of the main picture",
                    ),
                ),
                *translated(
                    "hero_caption",
                    models.CharField(
                        blank=True,
                        help_text="Only if it should differ here from the image’s own text.",
                        max_length=500,
                        verbose_name="caption of the main picture",
                    ),
                ),
                (
                    "series_part",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Its place in the series. Parts without a number come last, oldest first.",
                        null=True,
                        verbose_name="part",
                    ),
                ),
                (
                    "publication_date",
                    models.DateTimeField(
                        blank=True,
                        help_text="Printed on the article. The moment it first goes live when left empty.",
                        null=True,
                        verbose_name="publication date",
                    ),
                ),
                *translated(
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="diptych.authorpage",
                        verbose_name="reviewer of the translation",
                    ),
                ),
                *translated(
                    "translator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="diptych.authorpage",
                        verbose_name="translator",
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="ArticleAuthor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                *translated(
                    "role",
                    models.CharField(
                        blank=True,
                        help_text="Text, photographs, translation…",
                        max_length=100,
                        verbose_name="role",
                    ),
                ),
                (
                    "article",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="authors",
                        to="diptych.articlepage",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bylines",
                        to="diptych.authorpage",
                        verbose_name="author",
                    ),
                ),
            ],
            options={
                "verbose_name": "author",
                "verbose_name_plural": "authors",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaptionedImage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        upload_to=wagtail.images.models.get_upload_to,
                        verbose_name="file",
                        width_field="width",
                    ),
                ),
                (
                    "description",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="description"
                    ),
                ),
                ("width", models.IntegerField(editable=False, verbose_name="width")),
                ("height", models.IntegerField(editable=False, verbose_name="height")),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True, db_index=True, verbose_name="created at"
                    ),
                ),
                ("focal_point_x", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_y", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_width", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_height", models.PositiveIntegerField(blank=True, null=True)),
                ("file_size", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "file_hash",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=40),
                ),
                *translated(
                    "alt",
                    models.CharField(
                        blank=True,
                        help_text="What one sees, for people who do not see it.",
                        max_length=255,
                        verbose_name="alternative text",
                    ),
                ),
                *translated(
                    "caption",
                    models.CharField(
                        blank=True,
                        help_text="What it means; printed below the picture. Not a repeat of the above.",
                        max_length=500,
                        verbose_name="caption",
                    ),
                ),
                (
                    "credit",
                    models.CharField(
                        blank=True,
                        help_text="Who made it or owns it.",
                        max_length=255,
                        verbose_name="credit",
                    ),
                ),
                ("licence", models.CharField(blank=True, max_length=100, verbose_name="licence")),
                (
                    "is_decorative",
                    models.BooleanField(
                        default=False,
                        help_text="It carries no information: screen readers pass it over.",
                        verbose_name="decorative",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        default=wagtail.models.media.get_root_collection_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text=None,
                        through="taggit.TaggedItem",
                        to="taggit.Tag",
                        verbose_name="tags",
                    ),
                ),
                (
                    "uploaded_by_user",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by user",
                    ),
                ),
            ],
            options={
                "verbose_name": "image",
                "verbose_name_plural": "images",
                "permissions": [("choose_image", "Can choose image")],
                "abstract": False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.AddField(
            model_name="authorpage",
            name="photo",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=get_image_model_string(),
                verbose_name="photo",
            ),
        ),
        migrations.AddField(
            model_name="articlepage",
            name="hero_image",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=get_image_model_string(),
                verbose_name="main picture",
            ),
        ),
        migrations.CreateModel(
            name="ExcludedArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "article",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exclusions",
                        to="diptych.articlepage",
                    ),
                ),
                (
                    "excluded",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="excluded_by",
                        to="diptych.articlepage",
                        verbose_name="article",
                    ),
                ),
            ],
            options={
                "verbose_name": "excluded article",
                "verbose_name_plural": "excluded articles",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HomePage",
            fields=[
                *translated(
                    "headline",
                    models.CharField(blank=True, max_length=255, verbose_name="headline"),
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
                *translated(
                    "is_public",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="live"
                    ),
                ),
                *translated(
                    "publish_requested",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="goes live"
                    ),
                ),
                *translated(
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                *translated(
                    "last_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="last published"
                    ),
                ),
                *translated(
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                *translated(
                    "provenance",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="provenance"
                    ),
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
                *translated(
                    "introduction", models.TextField(blank=True, verbose_name="introduction")
                ),
                (
                    "topic_rows",
                    models.BooleanField(
                        default=True,
                        help_text="A row of articles for each topic.",
                        verbose_name="show topics",
                    ),
                ),
                (
                    "newest_count",
                    models.PositiveSmallIntegerField(
                        default=6,
                        help_text="Listed at the end of the page, without those shown above. None if 0.",
                        validators=[django.core.validators.MaxValueValidator(24)],
                        verbose_name="number of newest articles",
                    ),
                ),
                (
                    "lead_article",
                    models.ForeignKey(
                        blank=True,
                        help_text="If none is chosen, or the chosen one is not live in the language, the newest article leads.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="lead story",
                    ),
                ),
            ],
            options={
                "verbose_name": "front page",
                "verbose_name_plural": "front pages",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="FrontArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="diptych.articlepage",
                        verbose_name="article",
                    ),
                ),
                (
                    "home",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="front_articles",
                        to="diptych.homepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "article beside the lead story",
                "verbose_name_plural": "articles beside the lead story",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="JournalSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                *translated(
                    "name",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="name of the journal"
                    ),
                ),
                *translated(
                    "tagline", models.CharField(blank=True, max_length=200, verbose_name="tagline")
                ),
                *translated(
                    "footer_text",
                    models.TextField(blank=True, verbose_name="text at the foot of the pages"),
                ),
                (
                    "outdated_notice",
                    models.BooleanField(
                        default=True,
                        help_text="A line on translations whose original was modified after them.",
                        verbose_name="say when an original has changed",
                    ),
                ),
                (
                    "share_links",
                    models.JSONField(
                        blank=True,
                        default=diptych.articles.models.settings.default_share_links,
                        help_text="Plain links: none of these sites learns anything about a reader until its link is followed.",
                        verbose_name="links for sharing an article",
                    ),
                ),
                (
                    "social_links",
                    diptych.articles.richtext.fields.StreamField(
                        [], blank=True, verbose_name="elsewhere"
                    ),
                ),
                (
                    "related_count",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="Suggested below each article. None if 0.",
                        validators=[django.core.validators.MaxValueValidator(12)],
                        verbose_name="number of related articles",
                    ),
                ),
                (
                    "alt_checks",
                    models.CharField(
                        choices=[
                            ("ignore", "Publish and say nothing"),
                            ("warn", "Publish and say what could be better"),
                            ("refuse", "Do not publish before it is mended"),
                        ],
                        default="warn",
                        help_text="The name of a file, a machine’s description, another language, a repeated caption… A picture without any alternative text is never published.",
                        max_length=10,
                        verbose_name="doubtful alternative texts",
                    ),
                ),
                (
                    "site",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="wagtailcore.site",
                    ),
                ),
            ],
            options={
                "verbose_name": "journal",
                "verbose_name_plural": "journals",
            },
        ),
        migrations.CreateModel(
            name="PickedArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "article",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="picks",
                        to="diptych.articlepage",
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="picked_by",
                        to="diptych.articlepage",
                        verbose_name="article",
                    ),
                ),
            ],
            options={
                "verbose_name": "picked article",
                "verbose_name_plural": "picked articles",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="articlepage",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="parts",
                to="diptych.seriespage",
                verbose_name="series",
            ),
        ),
        migrations.CreateModel(
            name="FrontTopic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "home",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="front_topics",
                        to="diptych.homepage",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="diptych.topicpage",
                        verbose_name="topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "topic on the front page",
                "verbose_name_plural": "topics on the front page",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ArticleTopic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "article",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topics",
                        to="diptych.articlepage",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="diptych.topicpage",
                        verbose_name="topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaptionedRendition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("filter_spec", models.CharField(db_index=True, max_length=255)),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        storage=wagtail.images.models.get_rendition_storage,
                        upload_to=wagtail.images.models.get_rendition_upload_to,
                        width_field="width",
                    ),
                ),
                ("width", models.IntegerField(editable=False)),
                ("height", models.IntegerField(editable=False)),
                (
                    "focal_point_key",
                    models.CharField(blank=True, default="", editable=False, max_length=16),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renditions",
                        to="diptych.captionedimage",
                    ),
                ),
            ],
            options={
                "verbose_name": "rendition",
                "verbose_name_plural": "renditions",
                "unique_together": {("image", "filter_spec", "focal_point_key")},
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name="ImageProblem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("empty", "No alternative text"),
                            ("machine_made", "Written by a machine"),
                            ("file_name", "Name of a file"),
                            ("says_nothing", "Says nothing"),
                            ("same_as_caption", "Same as the caption"),
                            ("wrong_language", "Wrong language"),
                            ("wrong_field", "Belongs in another field"),
                            ("too_long", "Too long"),
                            ("opening", "Needless opening"),
                            ("caption_by_machine", "Caption written by a machine"),
                            ("caption_language", "Caption in the wrong language"),
                        ],
                        max_length=20,
                        verbose_name="problem",
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=20)),
                ("words", models.TextField(blank=True, verbose_name="words")),
                ("place", models.CharField(blank=True, max_length=100)),
                ("number", models.PositiveIntegerField(default=0)),
                ("is_borrowed", models.BooleanField(default=False)),
                ("in_draft", models.BooleanField(default=False)),
                ("in_public", models.BooleanField(default=False)),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="image",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "problem of an image",
                "verbose_name_plural": "problems of images",
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["language", "kind"], name="diptych_image_problem")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "place", "image", "language", "kind"),
                        name="diptych_one_image_problem",
                    )
                ],
            },
        ),
    ]
