from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("diptych_caching", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="is_purged",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.CreateModel(
            name="RenderedAddress",
            fields=[
                (
                    "key",
                    models.CharField(max_length=32, primary_key=True, serialize=False),
                ),
                ("address", models.TextField()),
                ("tags", models.TextField()),
                ("tags_before", models.TextField(blank=True)),
                ("rendered_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "rendered address",
                "verbose_name_plural": "rendered addresses",
                "default_permissions": (),
            },
        ),
    ]
