import pytest
from django.core.management import call_command

from tests.articles.rights.world import make_world


@pytest.fixture
def world(db):
    """An article that is live in both languages, with a newer draft in both, and the groups."""
    call_command("diptych_groups", verbosity=0)
    return make_world()
