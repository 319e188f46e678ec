import django.db.models.deletion
from django.db import migrations, models
from wagtail.images import get_image_model_string


class Migration(migrations.Migration):
    dependencies = [
        ("diptych", "0002_listed_article"),
        migrations.swappable_dependency(get_image_model_string()),
    ]

    operations = [
        migrations.CreateModel(
            name="RenditionRecord",
            fields=[
                (
                    "image",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=get_image_model_string(),
                        verbose_name="image",
                    ),
                ),
                ("file", models.CharField(max_length=255)),
                ("renditions", models.TextField()),
            ],
            options={
                "verbose_name": "record of renditions",
                "verbose_name_plural": "records of renditions",
                "default_permissions": (),
            },
        ),
    ]
