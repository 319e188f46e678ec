from django.db import migrations, models

from diptych.articles.languages.config.migrating import LanguageMigration


class Migration(LanguageMigration):
    dependencies = [("diptych", "0007_foot_of_pages")]

    operations = [
        migrations.AddField(
            model_name="journalsettings",
            name="errors_email",
            field=models.EmailField(
                blank=True,
                help_text="Below each article, readers are asked to report errors to it by e-mail.",
                max_length=254,
                verbose_name="address for errors",
            ),
        ),
        migrations.AddField(
            model_name="journalsettings",
            name="licence",
            field=models.CharField(
                blank=True,
                help_text="Such as CC BY 4.0. Readers are then told how to republish an article.",
                max_length=100,
                verbose_name="licence of the articles",
            ),
        ),
        migrations.AddField(
            model_name="journalsettings",
            name="licence_url",
            field=models.URLField(blank=True, verbose_name="address of the licence"),
        ),
    ]
