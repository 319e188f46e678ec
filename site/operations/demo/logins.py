"""The users and groups of the demo."""

from django.contrib.auth import get_user_model
from wagtail.models import GroupApprovalTask, Workflow
from wagtail.users.models import UserProfile

from diptych.articles.languages.permissions.groups import make_group, recipes

SUPERUSERS = ("chief",)
WORKFLOW = "Relecture"
#: The users whose groups approve submissions in Wagtail's workflow.
APPROVERS = ("chief", "editor")


def make_logins(tables):
    """Create the users of the demo unless they exist; returns them by name."""
    return {name: _make_login(name, table) for name, table in tables.items()}


def _make_login(name, table):
    user, is_new = get_user_model().objects.get_or_create(
        username=name,
        defaults={
            "first_name": table.get("given_name"),
            "last_name": table.get("family_name"),
            "email": f"{name}@passerelle.example",
            "is_superuser": name in SUPERUSERS,
        },
    )
    if is_new:
        user.groups.add(group_of(table))
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = table.get("language")
        profile.save()
    return user


def set_password(names, password):
    """Set the password of all users in ``names``."""
    for user in get_user_model().objects.filter(username__in=names):
        user.set_password(password)
        user.is_active = True
        user.save()


def group_of(table):
    """The group named in ``table``, created from its recipe if it does not exist."""
    recipe = next(each for each in recipes() if each.key == table.get("group"))
    return make_group(recipe)[0]


def make_groups(tables):
    """Create all groups of ``diptych_groups`` and add those of APPROVERS to the workflow."""
    for recipe in recipes():
        make_group(recipe)
    # A name that readers of both languages understand.
    Workflow.objects.filter(name="Moderators approval").update(name=WORKFLOW)
    for task in GroupApprovalTask.objects.all():
        task.groups.add(*(group_of(tables[name]) for name in APPROVERS))
