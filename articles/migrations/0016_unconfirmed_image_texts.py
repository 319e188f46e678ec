import django.db.models.deletion
from django.db import migrations, models
from wagtail.images import get_image_model_string


class Migration(migrations.Migration):
    dependencies = [
        ("diptych", "0015_family_name"),
        migrations.swappable_dependency(get_image_model_string()),
    ]

    operations = [
        migrations.CreateModel(
            name="UnconfirmedImageText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                ("field", models.CharField(max_length=100)),
                ("text", models.TextField(verbose_name="text")),
                ("origin", models.CharField(max_length=150, verbose_name="origin")),
                ("proposed_at", models.DateTimeField(auto_now=True, verbose_name="date")),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="image",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of an image to be confirmed",
                "verbose_name_plural": "texts of images to be confirmed",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("image", "language", "field"),
                        name="diptych_unconfirmed_image_text",
                    )
                ],
            },
        ),
    ]
