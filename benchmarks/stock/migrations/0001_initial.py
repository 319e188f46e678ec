import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models

import diptych.articles.richtext.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("diptych", "0001_initial"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StockPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("headline_fr", models.CharField(blank=True, max_length=255)),
                ("url_slug_fr", models.SlugField(blank=True, max_length=150)),
                ("meta_title_fr", models.CharField(blank=True, max_length=255)),
                ("meta_description_fr", models.TextField(blank=True)),
                ("lead_fr", models.TextField(blank=True)),
                ("body_fr", diptych.articles.richtext.fields.StreamField([], blank=True)),
                ("hero_alt_fr", models.CharField(blank=True, max_length=255)),
                ("hero_caption_fr", models.CharField(blank=True, max_length=500)),
                ("headline_en", models.CharField(blank=True, max_length=255)),
                ("url_slug_en", models.SlugField(blank=True, max_length=150)),
                ("meta_title_en", models.CharField(blank=True, max_length=255)),
                ("meta_description_en", models.TextField(blank=True)),
                ("lead_en", models.TextField(blank=True)),
                ("body_en", diptych.articles.richtext.fields.StreamField([], blank=True)),
                ("hero_alt_en", models.CharField(blank=True, max_length=255)),
                ("hero_caption_en", models.CharField(blank=True, max_length=500)),
                ("source_language", models.CharField(default="fr", max_length=12)),
                ("publication_date", models.DateTimeField(blank=True, null=True)),
                (
                    "hero_image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="diptych.captionedimage",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="StockAuthor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("role_fr", models.CharField(blank=True, max_length=100)),
                ("role_en", models.CharField(blank=True, max_length=100)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="diptych.authorpage",
                    ),
                ),
                (
                    "article",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="authors",
                        to="stock.stockpage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StockPick",
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
                        to="stock.stockpage",
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StockTopic",
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
                        to="stock.stockpage",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="diptych.topicpage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
    ]
