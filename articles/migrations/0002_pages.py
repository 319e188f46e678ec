import django.db.models.deletion
import modelcluster.fields
import modelsearch.index
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models
from wagtail.images import get_image_model_string

import articles.fields
import articles.languages.available


class Migration(migrations.Migration):
    dependencies = [
        ("diptych", "0001_images"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
        migrations.swappable_dependency(get_image_model_string()),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleIndexPage",
            fields=[
                ("headline", models.CharField(blank=True, max_length=255, verbose_name="headline")),
                (
                    "headline_fr",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "headline_en",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "url_slug",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_fr",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_en",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "meta_title",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_fr",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_en",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_description",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_fr",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_en",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "source_language",
                    models.CharField(
                        choices=articles.languages.available.language_choices,
                        default=articles.languages.available.default_language,
                        help_text="The language it is first written in.",
                        max_length=12,
                        verbose_name="source language",
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "goes_public",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
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
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                (
                    "introduction_fr",
                    models.TextField(blank=True, null=True, verbose_name="introduction"),
                ),
                (
                    "introduction_en",
                    models.TextField(blank=True, null=True, verbose_name="introduction"),
                ),
            ],
            options={
                "verbose_name": "list of articles",
                "verbose_name_plural": "lists of articles",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="ArticlePage",
            fields=[
                ("headline", models.CharField(blank=True, max_length=255, verbose_name="headline")),
                (
                    "headline_fr",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "headline_en",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "url_slug",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_fr",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_en",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "meta_title",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_fr",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_en",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_description",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_fr",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_en",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "source_language",
                    models.CharField(
                        choices=articles.languages.available.language_choices,
                        default=articles.languages.available.default_language,
                        help_text="The language it is first written in.",
                        max_length=12,
                        verbose_name="source language",
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "goes_public",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
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
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="One to three sentences that open the article.",
                        verbose_name="lead",
                    ),
                ),
                (
                    "lead_fr",
                    models.TextField(
                        blank=True,
                        help_text="One to three sentences that open the article.",
                        null=True,
                        verbose_name="lead",
                    ),
                ),
                (
                    "lead_en",
                    models.TextField(
                        blank=True,
                        help_text="One to three sentences that open the article.",
                        null=True,
                        verbose_name="lead",
                    ),
                ),
                ("body", articles.fields.StreamField([], blank=True, verbose_name="body")),
                (
                    "body_fr",
                    articles.fields.StreamField([], blank=True, null=True, verbose_name="body"),
                ),
                (
                    "body_en",
                    articles.fields.StreamField([], blank=True, null=True, verbose_name="body"),
                ),
                (
                    "hero_alt",
                    models.CharField(
                        blank=True,
                        help_text="Only if it should differ here from the image’s own text.",
                        max_length=255,
                        verbose_name="alternative text of the main picture",
                    ),
                ),
                (
                    "hero_alt_fr",
                    models.CharField(
                        blank=True,
                        help_text="Only if it should differ here from the image’s own text.",
                        max_length=255,
                        null=True,
                        verbose_name="alternative text of the main picture",
                    ),
                ),
                (
                    "hero_alt_en",
                    models.CharField(
                        blank=True,
                        help_text="Only if it should differ here from the image’s own text.",
                        max_length=255,
                        null=True,
                        verbose_name="alternative text of the main picture",
                    ),
                ),
                (
                    "hero_caption",
                    models.CharField(
                        blank=True,
                        help_text="Only if it should differ here from the image’s own text.",
                        max_length=500,
                        verbose_name="caption of the main picture",
                    ),
                ),
                (
                    "hero_caption_fr",
                    models.CharField(
                        blank=True,
                        help_text="Only if it should differ here from the image’s own text.",
                        max_length=500,
                        null=True,
                        verbose_name="caption of the main picture",
                    ),
                ),
                (
                    "hero_caption_en",
                    models.CharField(
                        blank=True,
                        help_text="Only if it should differ here from the image’s own text.",
                        max_length=500,
                        null=True,
                        verbose_name="caption of the main picture",
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
                (
                    "hero_image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="main picture",
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
            name="AuthorIndexPage",
            fields=[
                ("headline", models.CharField(blank=True, max_length=255, verbose_name="headline")),
                (
                    "headline_fr",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "headline_en",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "url_slug",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_fr",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_en",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "meta_title",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_fr",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_en",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_description",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_fr",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_en",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "source_language",
                    models.CharField(
                        choices=articles.languages.available.language_choices,
                        default=articles.languages.available.default_language,
                        help_text="The language it is first written in.",
                        max_length=12,
                        verbose_name="source language",
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "goes_public",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
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
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                (
                    "introduction_fr",
                    models.TextField(blank=True, null=True, verbose_name="introduction"),
                ),
                (
                    "introduction_en",
                    models.TextField(blank=True, null=True, verbose_name="introduction"),
                ),
            ],
            options={
                "verbose_name": "list of authors",
                "verbose_name_plural": "lists of authors",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="AuthorPage",
            fields=[
                ("headline", models.CharField(blank=True, max_length=255, verbose_name="headline")),
                (
                    "headline_fr",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "headline_en",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "url_slug",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_fr",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_en",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "meta_title",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_fr",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_en",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_description",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_fr",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_en",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "source_language",
                    models.CharField(
                        choices=articles.languages.available.language_choices,
                        default=articles.languages.available.default_language,
                        help_text="The language it is first written in.",
                        max_length=12,
                        verbose_name="source language",
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "goes_public",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
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
                (
                    "role",
                    models.CharField(
                        blank=True,
                        help_text="Editor, student of law, guest…",
                        max_length=150,
                        verbose_name="role",
                    ),
                ),
                (
                    "role_fr",
                    models.CharField(
                        blank=True,
                        help_text="Editor, student of law, guest…",
                        max_length=150,
                        null=True,
                        verbose_name="role",
                    ),
                ),
                (
                    "role_en",
                    models.CharField(
                        blank=True,
                        help_text="Editor, student of law, guest…",
                        max_length=150,
                        null=True,
                        verbose_name="role",
                    ),
                ),
                ("biography", wagtail.fields.RichTextField(blank=True, verbose_name="biography")),
                (
                    "biography_fr",
                    wagtail.fields.RichTextField(blank=True, null=True, verbose_name="biography"),
                ),
                (
                    "biography_en",
                    wagtail.fields.RichTextField(blank=True, null=True, verbose_name="biography"),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="photo",
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
            name="StandardPage",
            fields=[
                ("headline", models.CharField(blank=True, max_length=255, verbose_name="headline")),
                (
                    "headline_fr",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "headline_en",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "url_slug",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_fr",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_en",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "meta_title",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_fr",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_en",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_description",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_fr",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_en",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "source_language",
                    models.CharField(
                        choices=articles.languages.available.language_choices,
                        default=articles.languages.available.default_language,
                        help_text="The language it is first written in.",
                        max_length=12,
                        verbose_name="source language",
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "goes_public",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
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
                ("lead", models.TextField(blank=True, verbose_name="lead")),
                ("lead_fr", models.TextField(blank=True, null=True, verbose_name="lead")),
                ("lead_en", models.TextField(blank=True, null=True, verbose_name="lead")),
                ("body", articles.fields.StreamField([], blank=True, verbose_name="body")),
                (
                    "body_fr",
                    articles.fields.StreamField([], blank=True, null=True, verbose_name="body"),
                ),
                (
                    "body_en",
                    articles.fields.StreamField([], blank=True, null=True, verbose_name="body"),
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
                ("headline", models.CharField(blank=True, max_length=255, verbose_name="headline")),
                (
                    "headline_fr",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "headline_en",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "url_slug",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_fr",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_en",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "meta_title",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_fr",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_en",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_description",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_fr",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_en",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "source_language",
                    models.CharField(
                        choices=articles.languages.available.language_choices,
                        default=articles.languages.available.default_language,
                        help_text="The language it is first written in.",
                        max_length=12,
                        verbose_name="source language",
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "goes_public",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
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
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                (
                    "introduction_fr",
                    models.TextField(blank=True, null=True, verbose_name="introduction"),
                ),
                (
                    "introduction_en",
                    models.TextField(blank=True, null=True, verbose_name="introduction"),
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
                ("headline", models.CharField(blank=True, max_length=255, verbose_name="headline")),
                (
                    "headline_fr",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "headline_en",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "url_slug",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_fr",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_en",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "meta_title",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_fr",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_en",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_description",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_fr",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_en",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "source_language",
                    models.CharField(
                        choices=articles.languages.available.language_choices,
                        default=articles.languages.available.default_language,
                        help_text="The language it is first written in.",
                        max_length=12,
                        verbose_name="source language",
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "goes_public",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
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
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "description_fr",
                    models.TextField(blank=True, null=True, verbose_name="description"),
                ),
                (
                    "description_en",
                    models.TextField(blank=True, null=True, verbose_name="description"),
                ),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
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
            name="ArticleAuthor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        help_text="Text, photographs, translation…",
                        max_length=100,
                        verbose_name="role",
                    ),
                ),
                (
                    "role_fr",
                    models.CharField(
                        blank=True,
                        help_text="Text, photographs, translation…",
                        max_length=100,
                        null=True,
                        verbose_name="role",
                    ),
                ),
                (
                    "role_en",
                    models.CharField(
                        blank=True,
                        help_text="Text, photographs, translation…",
                        max_length=100,
                        null=True,
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
            name="HomePage",
            fields=[
                ("headline", models.CharField(blank=True, max_length=255, verbose_name="headline")),
                (
                    "headline_fr",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "headline_en",
                    models.CharField(
                        blank=True, max_length=255, null=True, verbose_name="headline"
                    ),
                ),
                (
                    "url_slug",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_fr",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "url_slug_en",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the address. Made from the headline when left empty.",
                        max_length=150,
                        null=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "meta_title",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_fr",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_title_en",
                    models.CharField(
                        blank=True,
                        help_text="Shown in search results instead of the headline.",
                        max_length=255,
                        null=True,
                        verbose_name="title for search engines",
                    ),
                ),
                (
                    "meta_description",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_fr",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "meta_description_en",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences shown under the title in search results.",
                        null=True,
                        verbose_name="description for search engines",
                    ),
                ),
                (
                    "source_language",
                    models.CharField(
                        choices=articles.languages.available.language_choices,
                        default=articles.languages.available.default_language,
                        help_text="The language it is first written in.",
                        max_length=12,
                        verbose_name="source language",
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "is_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="live"),
                ),
                (
                    "goes_public",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_fr",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "goes_public_en",
                    models.BooleanField(default=False, editable=False, verbose_name="goes live"),
                ),
                (
                    "first_public_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "first_public_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_fr",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
                    ),
                ),
                (
                    "updated_at_en",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="updated"
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
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                (
                    "introduction_fr",
                    models.TextField(blank=True, null=True, verbose_name="introduction"),
                ),
                (
                    "introduction_en",
                    models.TextField(blank=True, null=True, verbose_name="introduction"),
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
            name="JournalSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="name of the journal"
                    ),
                ),
                (
                    "name_fr",
                    models.CharField(
                        blank=True, max_length=100, null=True, verbose_name="name of the journal"
                    ),
                ),
                (
                    "name_en",
                    models.CharField(
                        blank=True, max_length=100, null=True, verbose_name="name of the journal"
                    ),
                ),
                ("tagline", models.CharField(blank=True, max_length=200, verbose_name="tagline")),
                (
                    "tagline_fr",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="tagline"),
                ),
                (
                    "tagline_en",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="tagline"),
                ),
                (
                    "footer_text",
                    models.TextField(blank=True, verbose_name="text at the foot of the pages"),
                ),
                (
                    "footer_text_fr",
                    models.TextField(
                        blank=True, null=True, verbose_name="text at the foot of the pages"
                    ),
                ),
                (
                    "footer_text_en",
                    models.TextField(
                        blank=True, null=True, verbose_name="text at the foot of the pages"
                    ),
                ),
                (
                    "social_links",
                    articles.fields.StreamField([], blank=True, verbose_name="elsewhere"),
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
            bases=(modelsearch.index.Indexed, models.Model),
        ),
    ]
