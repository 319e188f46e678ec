from django.db import migrations, models

from diptych.articles.languages.config.migrating import LanguageMigration


class Migration(LanguageMigration):
    dependencies = [("diptych", "0014_menu_topics")]

    operations = [
        migrations.AddField(
            model_name="authorpage",
            name="family_name",
            field=models.CharField(
                blank=True,
                help_text="As it stands in the name. Programs that manage references sort by it; without it they take the whole name.",
                max_length=150,
                verbose_name="family name",
            ),
        ),
    ]
