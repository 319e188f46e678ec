"""The tables of the page types as they are now: nothing is ever kept in them."""

from django.apps import apps
from django.db import migrations
from django.db.migrations.state import ModelState


def creation_of(model):
    state = ModelState.from_model(model)
    fields = list(state.fields.items())
    return migrations.CreateModel(state.name, fields, state.options, state.bases, state.managers)


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("diptych_languages", "__latest__"),
        ("wagtailcore", "__latest__"),
        ("wagtailforms", "__latest__"),
    ]
    operations = [creation_of(each) for each in apps.get_app_config("oddpages").get_models()]
