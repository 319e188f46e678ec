from django.db import migrations, models

from diptych.articles.languages.config.migrating import LanguageMigration


def set_defaults(apps, schema_editor):
    """Give the states of pages a default in databases that were made before 0001 declared it."""
    connection = schema_editor.connection
    for model in apps.get_app_config("diptych").get_models():
        fields = [
            each for each in model._meta.local_fields if isinstance(each, models.BooleanField)
        ]
        stated = [field for field in fields if field.has_db_default()]
        if not stated:
            continue
        with connection.cursor() as cursor:
            table = model._meta.db_table
            columns = connection.introspection.get_table_description(cursor, table)
        defaults = {column.name: column.default for column in columns}
        for field in stated:
            if defaults[field.column] is None:
                schema_editor.alter_field(model, _without_default(field), field)


def _without_default(field):
    before = models.BooleanField(default=False)
    before.model = field.model
    before.set_attributes_from_name(field.name)
    return before


class Migration(LanguageMigration):
    dependencies = [("diptych", "0003_rendition_record")]

    operations = [
        migrations.RunPython(set_defaults, migrations.RunPython.noop, elidable=True),
    ]
