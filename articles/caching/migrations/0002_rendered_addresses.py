from django.db import migrations, models

from diptych.articles.caching.versions import with_table


def forget_tables(apps, schema_editor):
    """Before it is undone: nothing is written into the log from then on."""
    with_table.clear()


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
        migrations.RunPython(migrations.RunPython.noop, forget_tables),
    ]
