from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("diptych_languages", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="pagelanguage",
            name="first_public_at",
            field=models.DateTimeField(db_index=True, null=True, verbose_name="first published"),
        ),
    ]
