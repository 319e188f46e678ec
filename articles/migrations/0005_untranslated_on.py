from django.db import migrations, models

import diptych.articles.models.settings
from diptych.articles.languages.config.migrating import LanguageMigration


class Migration(LanguageMigration):
    dependencies = [("diptych", "0004_defaults_of_states")]

    operations = [
        migrations.AddField(
            model_name="journalsettings",
            name="untranslated_on",
            field=models.JSONField(
                blank=True,
                default=diptych.articles.models.settings.default_untranslated_on,
                help_text="The newest articles that readers cannot read in the language of the page.",
                verbose_name="name articles in other languages",
            ),
        ),
    ]
