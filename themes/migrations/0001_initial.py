import django.core.validators
import django.db.models.deletion
import wagtail.models.preview
from django.db import migrations, models
from wagtail.images import get_image_model_string

import diptych.themes.look.registry


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(get_image_model_string()),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="AppearanceSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        choices=diptych.themes.look.registry.theme_choices,
                        default="gazette",
                        max_length=50,
                        verbose_name="theme",
                    ),
                ),
                (
                    "accent_light",
                    models.CharField(
                        blank=True,
                        help_text="Six digits from 0 to f. The theme’s own colour when left empty.",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}\\Z",
                                "A colour is a number sign and six digits from 0 to f, such as #9b1b30.",
                            )
                        ],
                        verbose_name="accent colour on a light background",
                    ),
                ),
                (
                    "accent_dark",
                    models.CharField(
                        blank=True,
                        help_text="When left empty, the other colour, made lighter until it can be read.",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}\\Z",
                                "A colour is a number sign and six digits from 0 to f, such as #9b1b30.",
                            )
                        ],
                        verbose_name="accent colour on a dark background",
                    ),
                ),
                (
                    "french_typography",
                    models.CharField(
                        choices=[("fr-FR", "France"), ("fr-CH", "Switzerland")],
                        default="fr-FR",
                        help_text="The spaces before punctuation, and the quotation marks within others. It is applied when a page is shown; texts stay as they were typed.",
                        max_length=5,
                        verbose_name="typography of French",
                    ),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        help_text="The name of the journal when left empty.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="logo",
                    ),
                ),
                (
                    "logo_dark",
                    models.ForeignKey(
                        blank=True,
                        help_text="The same logo when left empty.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="logo on a dark background",
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
                "verbose_name": "appearance",
                "verbose_name_plural": "appearances",
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
    ]
