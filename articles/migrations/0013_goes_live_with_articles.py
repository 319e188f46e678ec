from django.db import migrations, models

from diptych.articles.languages.config.migrating import LanguageMigration


class Migration(LanguageMigration):
    dependencies = [("diptych", "0012_print_issues")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="goes_live_with_articles",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="goes live with articles"
            ),
        )
        for name in ("authorpage", "topicpage")
    ]
