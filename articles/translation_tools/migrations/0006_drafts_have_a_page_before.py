from django.db import migrations


def delete_drafts_of_site_texts(apps, schema_editor):
    drafts = apps.get_model("diptych_translation_tools", "MachineDraft").objects
    drafts.using(schema_editor.connection.alias).filter(page=None).delete()


class Migration(migrations.Migration):
    """Undone alone: PostgreSQL changes no table whose rows were deleted in the same transaction."""

    dependencies = [
        ("diptych_translation_tools", "0005_drafts_of_site_texts"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, delete_drafts_of_site_texts),
    ]
