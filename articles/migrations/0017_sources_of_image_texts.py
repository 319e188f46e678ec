from django.db import migrations, models

from diptych.articles.languages.config.migrating import LanguageMigration


class Migration(LanguageMigration):
    dependencies = [("diptych", "0016_unconfirmed_image_texts")]

    operations = [
        migrations.AddField(
            model_name="unconfirmedimagetext",
            name="source_language",
            field=models.CharField(blank=True, default="", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="unconfirmedimagetext",
            name="source",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
