from django.db import migrations

import diptych.articles.richtext.fields
from diptych.articles.languages.config.migrating import LanguageMigration, in_every_language


class Migration(LanguageMigration):
    dependencies = [("diptych", "0009_recordings")]

    operations = in_every_language(
        migrations.AddField(
            model_name="articlepage",
            name="corrections",
            field=diptych.articles.richtext.fields.StreamField(
                [],
                blank=True,
                default=[],
                help_text="What was corrected after publication. Readers see the date at the head.",
                verbose_name="corrections",
            ),
            preserve_default=False,
        )
    )
