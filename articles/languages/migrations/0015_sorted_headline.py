from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("diptych_languages", "0014_slug_index")]

    operations = [
        migrations.AddField(
            "pagelanguage",
            "sorted_headline",
            models.CharField(
                default="",
                help_text=(
                    "That of the newest draft, by which the list of translations is sorted."
                ),
                max_length=255,
                verbose_name="headline in small letters",
            ),
        ),
        migrations.AddIndex(
            "pagelanguage",
            models.Index(fields=["sorted_headline", "page", "language"], name="diptych_headline"),
        ),
    ]
