import django.core.validators
from django.db import migrations, models

from diptych.articles.languages.config.migrating import LanguageMigration


class Migration(LanguageMigration):
    dependencies = [("diptych", "0005_untranslated_on")]

    operations = [
        migrations.AddField(
            model_name="fronttopic",
            name="form",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Automatic"),
                    ("large", "One article large, with its picture"),
                    ("equal", "All articles alike, with pictures"),
                    ("text", "Headlines and leads, without pictures"),
                ],
                default="",
                help_text="Automatic: by the number of articles and pictures, in turns.",
                max_length=10,
                verbose_name="form of the row",
            ),
        ),
        migrations.AlterField(
            model_name="homepage",
            name="newest_count",
            field=models.PositiveSmallIntegerField(
                default=6,
                help_text=(
                    "Without those shown elsewhere on the page. Some of them are headlines near the"
                    " lead story, the others a list at the end. None if 0."
                ),
                validators=[django.core.validators.MaxValueValidator(24)],
                verbose_name="number of newest articles",
            ),
        ),
    ]
