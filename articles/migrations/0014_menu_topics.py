from django.db import migrations

import diptych.articles.richtext.fields
from diptych.articles.languages.config.migrating import LanguageMigration


class Migration(LanguageMigration):
    dependencies = [("diptych", "0013_goes_live_with_articles")]

    operations = [
        migrations.AddField(
            model_name="journalsettings",
            name="menu_topics",
            field=diptych.articles.richtext.fields.StreamField(
                [],
                blank=True,
                help_text="In this order, in the languages in which they are live. If there are none, the topics with most articles stand there; the others are listed by “All topics”.",
                verbose_name="topics in the navigation",
            ),
        ),
    ]
