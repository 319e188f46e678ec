from django.db import migrations, models


def delete_rows(apps, schema_editor):
    """Before it is undone: an address may have several rows, and may not have failed yet."""
    rows = apps.get_model("diptych_languages", "UnpurgedAddress").objects
    rows.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("diptych_languages", "0011_unpurged_address"),
    ]

    operations = [
        migrations.RenameField("unpurgedaddress", "first_failed_at", "since"),
        migrations.AlterField("unpurgedaddress", "address", models.TextField("address")),
        migrations.AlterField(
            "unpurgedaddress", "failed_at", models.DateTimeField(db_index=True, null=True)
        ),
        migrations.RunPython(migrations.RunPython.noop, delete_rows),
    ]
