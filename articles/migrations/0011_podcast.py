import django.db.models.deletion
from django.db import migrations, models
from wagtail.images import get_image_model_string

import diptych.articles.recordings.podcasts
from diptych.articles.languages.config.migrating import LanguageMigration


class Migration(LanguageMigration):
    dependencies = [
        ("diptych", "0010_corrections"),
        migrations.swappable_dependency(get_image_model_string()),
    ]

    operations = [
        migrations.AddField(
            model_name="journalsettings",
            name="podcast_category",
            field=models.CharField(
                blank=True,
                choices=diptych.articles.recordings.podcasts.CATEGORIES,
                default="News",
                help_text="Where directories list the articles that can be heard.",
                max_length=40,
                verbose_name="category of the podcast",
            ),
        ),
        migrations.AddField(
            model_name="journalsettings",
            name="podcast_cover",
            field=models.ForeignKey(
                blank=True,
                help_text="A square JPEG or PNG of 1400 to 3000 pixels, without which Apple lists no podcast.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=get_image_model_string(),
                validators=[diptych.articles.recordings.podcasts.validate_cover],
                verbose_name="cover of the podcast",
            ),
        ),
    ]
