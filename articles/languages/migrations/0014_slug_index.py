from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("diptych_languages", "0013_unmoved_branch")]

    operations = [
        migrations.AddIndex(
            "pagelanguage",
            models.Index(fields=["language", "slug"], name="diptych_language_slug"),
        ),
    ]
