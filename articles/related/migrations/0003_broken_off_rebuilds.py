from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("diptych_related", "0002_index_of_lists")]

    operations = [
        migrations.AddField("termstatistics", "started_at", models.DateTimeField(null=True)),
        migrations.AddField("termstatistics", "read_to", models.PositiveBigIntegerField(default=0)),
        migrations.AddField(
            "termstatistics", "compared_to", models.PositiveBigIntegerField(default=0)
        ),
    ]
