import django.db.models.deletion
from django.db import migrations, models
from wagtail.documents import get_document_model_string

from diptych.articles.languages.config.migrating import LanguageMigration, in_every_language


class Migration(LanguageMigration):
    dependencies = [
        ("diptych", "0008_errors_and_licence"),
        migrations.swappable_dependency(get_document_model_string()),
    ]

    operations = [
        *in_every_language(
            migrations.AddField(
                model_name="articlepage",
                name="recording",
                field=models.ForeignKey(
                    blank=True,
                    help_text="The article read aloud: MP3, M4A, Ogg or WAV. Only readers of this language hear it.",
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=get_document_model_string(),
                    verbose_name="recording",
                ),
            ),
        ),
        migrations.AddField(
            model_name="journalsettings",
            name="has_recordings",
            field=models.BooleanField(
                default=False,
                help_text="An article may have a recording in each language, which readers play above its text.",
                verbose_name="articles can be heard",
            ),
        ),
    ]
