"""Permissions per language: edit, submit and publish.

They are needed in addition to Wagtail's page permissions, which depend on the place in the tree.
Fields shared by all languages need the permission for the source language of the page.
"""

from django.apps import apps as global_apps
from django.db import router

from articles.languages.available import available_languages, language_name

ACTIONS = ("edit", "submit", "publish")
APP_LABEL = "diptych_languages"


def codename(action, language):
    """The codename of the permission to do ``action`` in ``language``: ``edit_fr``."""
    return f"{action}_{language.replace('-', '_')}"


def may(user, action, language):
    """Whether ``user`` may ``"edit"``, ``"submit"`` or ``"publish"`` texts in ``language``."""
    return user.is_active and user.has_perm(f"{APP_LABEL}.{codename(action, language)}")


def languages_for(user, action):
    """The languages in which ``user`` may do ``action``, the default one first."""
    return [language for language in available_languages() if may(user, action, language)]


def languages_denied(user, action):
    """The languages in which ``user`` may not do ``action``."""
    return [language for language in available_languages() if not may(user, action, language)]


def may_edit_shared(user, page):
    """Whether ``user`` may edit the shared fields of ``page``."""
    return may(user, "edit", page.source_language)


def may_publish_shared(user, page):
    """Whether ``user`` may publish the shared fields of ``page``."""
    return may(user, "publish", page.source_language)


def language_permissions(using="default"):
    """A queryset of the permissions of all languages."""
    from django.contrib.auth.models import Permission

    names = [codename(action, code) for code in available_languages() for action in ACTIONS]
    return Permission.objects.using(using).filter(
        content_type__app_label=APP_LABEL,
        content_type__model="pagelanguage",
        codename__in=names,
    )


def create_permissions(using="default", apps=global_apps, **kwargs):
    """Create the permissions of every language; connected to ``post_migrate``.

    On the first run, groups that can edit or publish pages get them for every language. Those of
    a language added later go to groups that have them for all other languages.

    Does nothing before the tables exist, as after migrating single applications, nor on a
    database without permissions.
    """
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.models import ContentType

    from articles.languages.models.page_language import PageLanguage

    if not _has_tables(apps) or not router.allow_migrate_model(using, Permission):
        return
    content_type = ContentType.objects.db_manager(using).get_for_model(PageLanguage)
    known = set(language_permissions(using).values_list("codename", flat=True))
    for language in available_languages():
        for action in ACTIONS:
            permission, created = Permission.objects.using(using).get_or_create(
                content_type=content_type,
                codename=codename(action, language),
                defaults={"name": f"Can {action} {language_name(language)}"},
            )
            if created:
                permission.group_set.add(*_groups_to_have(action, known, using))


def _has_tables(apps):
    """Whether the migration state ``apps`` has the page × language table.

    Its dependencies include the tables of permissions.
    """
    try:
        apps.get_model(APP_LABEL, "PageLanguage")
    except LookupError:
        return False
    return True


def _groups_to_have(action, known, using):
    """The groups to be given ``action`` in a language that is new, beside those ``known``."""
    from django.contrib.auth.models import Group

    needed = ["publish_page"] if action == "publish" else ["add_page", "change_page"]
    groups = Group.objects.using(using).filter(page_permissions__permission__codename__in=needed)
    for name in sorted(known):
        if name.startswith(f"{action}_"):
            groups = groups.filter(
                permissions__content_type__app_label=APP_LABEL, permissions__codename=name
            )
    return groups.distinct()
