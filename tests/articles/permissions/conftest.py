from dataclasses import fields

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.articles.permissions.world import World, make_world


@pytest.fixture(scope="module")
def stored_world(django_db_setup, django_db_blocker):
    """The world, made once for the tests of a file; what each of them does to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("diptych_groups", verbosity=0)
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(stored_world, db):
    """An article that is live in both languages, with a newer draft in both, and the groups."""
    values = {each.name: getattr(stored_world, each.name) for each in fields(World)}
    pages = {name: _anew(value) for name, value in values.items() if name != "journal"}
    return World(journal=values["journal"], **pages)


def _anew(page):
    return type(page).objects.get(pk=page.pk)
