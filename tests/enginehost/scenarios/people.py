"""People of the host who may write and publish some of its languages."""

from django.contrib.auth.models import Group
from django.core.management import call_command

from diptych.articles.languages.permissions.groups import recipes
from tests.enginehost.scenarios.editing import sign_in


def member(key):
    """A browser of somebody in one of the groups that ``diptych_groups`` makes."""
    call_command("diptych_groups", verbosity=0)
    group = next(each for each in recipes() if each.key == key).find()
    return sign_in(f"member-of-{key}", [Group.objects.get(pk=group.pk)])
