import django.db.models.deletion
from django.db import migrations, models
from wagtail.images import get_image_model_string


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(get_image_model_string()),
        ("diptych_themes", "0002_guillemet_space"),
    ]

    operations = [
        migrations.AddField(
            model_name="appearancesettings",
            name="icon",
            field=models.ForeignKey(
                blank=True,
                help_text="A square picture of at least 512 pixels. The icon of the theme when left empty.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=get_image_model_string(),
                verbose_name="icon",
            ),
        ),
    ]
