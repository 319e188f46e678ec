"""Who may log in to the demo, and what each of them may do."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, Workflow
from wagtail.models import GroupPagePermission as PagePermission
from wagtail.users.models import UserProfile

ADMIN = ("wagtailadmin.access_admin",)
#: What each login may do: with pages, with the images of all collections, and besides.
PAGES = {
    "chief": ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
    "editor": ("add", "change", "publish"),
    "translator": ("change",),
}
IMAGES = {
    "chief": ("add", "change", "choose"),
    "editor": ("add", "change", "choose"),
    "translator": ("add", "choose"),
}
BESIDES = {
    "chief": (
        *ADMIN,
        *(f"auth.{verb}_user" for verb in ("add", "change", "delete")),
        *(f"wagtailredirects.{verb}_redirect" for verb in ("add", "change", "delete")),
        "wagtailcore.change_site",
        "diptych.change_journalsettings",
    ),
    "editor": ADMIN,
    "translator": ADMIN,
}
SUPERUSERS = ("chief",)
WORKFLOW = "Relecture"
#: Who decides on what others submit.
APPROVERS = ("chief", "editor")


def make_logins(tables):
    """The users of the demo by name; those that exist stay as they are."""
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
        user.groups.add(Group.objects.get_or_create(name=table.get("group"))[0])
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = table.get("language")
        profile.save()
    return user


def set_password(names, password):
    """Let everybody in ``names`` log in with ``password``."""
    for user in get_user_model().objects.filter(username__in=names):
        user.set_password(password)
        user.is_active = True
        user.save()


def grant(tables, home):
    """Let each group do its work below ``home``."""
    collection = Collection.get_first_root_node()
    name_workflow(WORKFLOW)
    for name, table in tables.items():
        group = Group.objects.get(name=table.get("group"))
        for verb in PAGES[name]:
            permission = _permission(f"wagtailcore.{verb}_page")
            PagePermission.objects.create(group=group, page=home, permission=permission)
        for verb in IMAGES[name]:
            for model in ("wagtailimages.{}_image", "wagtaildocs.{}_document"):
                GroupCollectionPermission.objects.create(
                    group=group, collection=collection, permission=_permission(model.format(verb))
                )
        group.permissions.add(*(_permission(each) for each in BESIDES[name]))
        if name in APPROVERS:
            for task in GroupApprovalTask.objects.all():
                task.groups.add(group)


def name_workflow(name):
    """Give the workflow that Wagtail brings a name that editors of both languages read."""
    Workflow.objects.filter(name="Moderators approval").update(name=name)


def _permission(name):
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
