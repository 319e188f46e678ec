import django.db.models.deletion
from django.db import migrations, models

from diptych.articles.languages.config.migrating import LanguageMigration


class Migration(LanguageMigration):
    dependencies = [("diptych", "0006_front_topic_form")]

    operations = [
        migrations.AddField(
            model_name="journalsettings",
            name="contact_email",
            field=models.EmailField(
                blank=True,
                help_text="Named at the foot of each page, so that readers can write to the journal.",
                max_length=254,
                verbose_name="address to write to",
            ),
        ),
        migrations.AddField(
            model_name="journalsettings",
            name="legal_page",
            field=models.ForeignKey(
                blank=True,
                help_text="Named at the foot of each page, in the languages in which it is live.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="diptych.standardpage",
                verbose_name="legal notice",
            ),
        ),
    ]
