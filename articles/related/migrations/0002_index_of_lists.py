import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("diptych_languages", "0008_progress_index"),
        ("diptych_related", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="neighbour",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="related",
                to="diptych_languages.pagelanguage",
                verbose_name="article",
            ),
        ),
        migrations.AddIndex(
            model_name="neighbour",
            index=models.Index(fields=["source", "score", "target"], name="diptych_related_lists"),
        ),
    ]
