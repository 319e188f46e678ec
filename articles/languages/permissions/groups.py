"""Ready-made groups: editors-in-chief, editors of each language, translators of each direction."""

from dataclasses import dataclass
from itertools import permutations

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail import hooks
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.permissions.policy import ACTIONS, APP_LABEL, codename

#: Collection permissions, with a place for the verb.
IN_COLLECTIONS = ("wagtailimages.{}_image", "wagtaildocs.{}_document")
#: Called without arguments; returns permissions of an application for editors-in-chief.
HOOK = "register_diptych_chief_permissions"
FOR_CHIEFS = (
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
    "wagtailredirects.delete_redirect",
)


@dataclass(frozen=True)
class Recipe:
    """Name and permissions of a ready-made group.

    ``key`` is the same in every interface: ``chiefs``, ``editors-fr``, ``translators-fr-en``.
    """

    key: str
    kind: str
    languages: tuple = ()
    pages: tuple = ()
    files: tuple = ("add", "choose")
    #: Actions on images, in addition to those on all files.
    images: tuple = ()
    for_languages: tuple = ()
    besides: tuple = ()

    @property
    def name(self):
        """The name in the active language."""
        names = [translated_language_name(code) for code in self.languages]
        if self.kind == "chiefs":
            return _("Editors-in-chief")
        if self.kind == "editors":
            return _("Editors (%(language)s)") % {"language": names[0]}
        return _("Translators (%(source)s → %(target)s)") % {
            "source": names[0],
            "target": names[1],
        }

    def name_in(self, language):
        with override(language):
            return self.name

    def find(self):
        """The group, under its name in any language; ``None`` before it is made."""
        names = {self.name_in(code) for code, _name in settings.LANGUAGES}
        return Group.objects.filter(name__in=names).order_by("pk").first()


def recipes():
    """All ready-made groups of the languages of the site."""
    languages = available_languages()
    for_languages = tuple(codename(action, code) for action in ACTIONS for code in languages)
    everything = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
    yield Recipe(
        "chiefs",
        "chiefs",
        pages=everything,
        files=("add", "change", "choose"),
        for_languages=for_languages,
        besides=(*FOR_CHIEFS, *(name for hook in hooks.get_hooks(HOOK) for name in hook())),
    )
    for code in languages:
        yield Recipe(
            f"editors-{code}",
            "editors",
            languages=(code,),
            pages=("add", "change", "publish"),
            files=("add", "change", "choose"),
            for_languages=tuple(codename(action, code) for action in ("edit", "submit", "publish")),
        )
    for source, target in permutations(languages, 2):
        yield Recipe(
            f"translators-{source}-{target}",
            "translators",
            languages=(source, target),
            pages=("change",),
            images=("change",),
            for_languages=(codename("edit", target), codename("submit", target)),
        )


@transaction.atomic
def make_group(recipe, page=None):
    """Create the group of ``recipe`` unless it exists; returns ``(group, created)``.

    Its page permissions are for ``page`` and below, the whole tree by default.
    """
    group = recipe.find()
    if group is not None:
        return group, False
    group = Group.objects.create(name=recipe.name_in(settings.LANGUAGE_CODE))
    complete_group(recipe, group, page)
    return group, True


@transaction.atomic
def complete_group(recipe, group, page=None):
    """Add missing permissions of ``recipe`` to ``group``; returns their number."""
    before = _count(group)
    page = page or Page.get_first_root_node()
    collection = Collection.get_first_root_node()
    for permission in _permissions(f"wagtailcore.{verb}_page" for verb in recipe.pages):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    names = [each.format(verb) for each in IN_COLLECTIONS for verb in recipe.files]
    names += [IN_COLLECTIONS[0].format(verb) for verb in recipe.images]
    for permission in _permissions(names):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
    names = [f"{APP_LABEL}.{name}" for name in recipe.for_languages]
    group.permissions.add(*_permissions(["wagtailadmin.access_admin", *names, *recipe.besides]))
    return _count(group) - before


def _count(group):
    return (
        group.permissions.count()
        + group.page_permissions.count()
        + group.collection_permissions.count()
    )


def _permissions(names):
    """The permissions with these names; those of applications not installed are left out."""
    pairs = {tuple(name.split(".")) for name in names}
    found = Permission.objects.filter(codename__in=[codename for _app, codename in pairs])
    found = found.select_related("content_type")
    return [each for each in found if (each.content_type.app_label, each.codename) in pairs]
