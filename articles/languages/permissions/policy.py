"""Permissions per language: edit, submit, publish, and publish incomplete translations.

They are needed in addition to Wagtail's page permissions, which depend on the place in the tree.
Fields shared by all languages need the permission for the source language of the page.
"""

from itertools import product

from django.apps import apps as global_apps
from django.db import router, transaction
from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.models import PagePermissionTester

from diptych.articles.languages.config.language_config import available_languages, language_name
from diptych.articles.languages.index.privacy import branch_range
from diptych.articles.languages.models import PageLanguage

ACTIONS = ("edit", "submit", "publish", "publish_incomplete")
APP_LABEL = "diptych_languages"


def codename(action, language):
    """The codename of the permission to do ``action`` in ``language``: ``edit_fr``."""
    return f"{action}_{language.replace('-', '_')}"


def can(user, action, language):
    """Whether ``user`` may ``"edit"``, ``"submit"`` or ``"publish"`` texts in ``language``."""
    return user.is_active and user.has_perm(f"{APP_LABEL}.{codename(action, language)}")


def languages_for(user, action):
    """The languages in which ``user`` may do ``action``, the default one first."""
    return [language for language in available_languages() if can(user, action, language)]


def languages_denied(user, action):
    """The languages in which ``user`` may not do ``action``."""
    return [language for language in available_languages() if not can(user, action, language)]


def can_edit_shared(user, page):
    """Whether ``user`` may edit the shared fields of ``page``."""
    return can(user, "edit", page.source_language)


def can_publish_shared(user, page):
    """Whether ``user`` may publish the shared fields of ``page``."""
    return can(user, "publish", page.source_language)


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

    On the first run, groups that can edit or publish pages get them for every language, except the
    permission to publish incomplete translations, which an administrator has to grant. Those of a
    language added later go to groups that have them for all other languages. Does nothing before
    the tables exist, as after migrating single applications, nor on a database without permissions.
    """
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.models import ContentType

    from diptych.articles.languages.models import PageLanguage

    if not _has_tables(apps) or not router.allow_migrate_model(using, Permission):
        return
    content_type = ContentType.objects.db_manager(using).get_for_model(PageLanguage)
    known = set(language_permissions(using).values_list("codename", flat=True))
    with transaction.atomic(using=using):  # groups get those that are made, and no others
        for language, action in product(available_languages(), ACTIONS):
            permission, created = Permission.objects.using(using).get_or_create(
                content_type=content_type,
                codename=codename(action, language),
                defaults={"name": f"Can {action.replace('_', ' ')} {language_name(language)}"},
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

    granted = sorted(known & {codename(action, code) for code in available_languages()})
    if action == "publish_incomplete" and not granted:
        return Group.objects.none()
    needed = ["publish_page"] if action.startswith("publish") else ["add_page", "change_page"]
    groups = Group.objects.using(using).filter(page_permissions__permission__codename__in=needed)
    for name in granted:
        groups = groups.filter(
            permissions__content_type__app_label=APP_LABEL, permissions__codename=name
        )
    return groups.distinct()


def languages_at(page, and_below=True):
    """``(written, live)``: the languages with a text, drafts included, and the live ones.

    ``and_below`` includes the languages of its descendants.
    """
    known = getattr(page, "_language_rows", None)
    if known is None or (and_below and not page.is_leaf()):
        below = Q(page__path__range=branch_range(page.path))
        pages = below if and_below else Q(page_id=page.pk)
        known = PageLanguage.objects.filter(pages, Q(translated=True) | Q(live=True))
        names = ("language", "live", "translated")
        known = known.order_by().values_list(*names, named=True).distinct()
    written = {row.language for row in known if row.translated}
    live = {row.language for row in known if row.live}
    return written | live, live


def can_change_all(user, page, and_below=True):
    """Whether ``user`` may edit all written languages and publish all live ones.

    Needed for actions on all languages of a page and its descendants, such as deleting.
    """
    edit, publish = set(languages_denied(user, "edit")), set(languages_denied(user, "publish"))
    if not edit | publish:
        return True
    written, live = languages_at(page, and_below)
    return not (edit & written or publish & live)


def can_publish_all(user, page, and_below=False):
    """Whether ``user`` may publish every language that is live."""
    denied = set(languages_denied(user, "publish"))
    return not denied or not denied & languages_at(page, and_below)[1]


def can_publish_over_date(user, page):
    """Whether ``page`` has no scheduled version that ``user`` may not cancel.

    Publishing any version cancels the schedule.
    """
    if not page.revisions.filter(approved_go_live_at__isnull=False).exists():
        return True
    return page.permissions_for_user(user).can_unschedule()


class LanguagePagePermissionTester(PagePermissionTester):
    """Wagtail's permission tester, combined with the permissions per language."""

    def __init__(self, user, page):
        super().__init__(user, page)
        if not user.is_active:
            self.permissions = set()  # Wagtail's has no such attribute then, and may ask for it

    # Actions on one language

    def can_publish_in(self, language):
        return super().can_publish() and can(self.user, "publish", language)

    def can_unpublish_in(self, language):
        return super().can_unpublish() and can(self.user, "publish", language)

    # Actions limited to the permitted languages, of which there must be one

    def can_add_subpage(self):
        if not super().can_add_subpage():
            return False
        models = self.page.specific_class.creatable_subpage_models()
        has_others = any(not hasattr(model, "source_language") for model in models)
        return has_others or bool(languages_for(self.user, "edit"))

    def can_publish(self):
        return super().can_publish() and bool(languages_for(self.user, "publish"))

    def can_publish_subpage(self):
        return super().can_publish_subpage() and bool(languages_for(self.user, "publish"))

    def can_submit_for_moderation(self):
        return bool(languages_for(self.user, "submit")) and self._page_can_be_submitted

    @cached_property
    def _page_can_be_submitted(self):
        """As Wagtail says, which several actions of the editor ask for."""
        return super().can_submit_for_moderation()

    # All languages of the page

    def can_unpublish(self):
        return super().can_unpublish() and can_publish_all(self.user, self.page)

    def can_reorder_children(self):
        return super().can_reorder_children() and can_publish_all(self.user, self.page)

    def can_unschedule(self):
        if not super().can_unschedule():
            return False
        draft = self.page.get_scheduled_revision_as_object() or self.page.specific
        languages = draft.requested_languages() or draft.languages_of_plain_publish()
        return all(can(self.user, "publish", language) for language in languages)

    def can_lock(self):
        return super().can_lock() and can_change_all(self.user, self.page, and_below=False)

    def can_unlock(self):
        allowed = super().can_unlock()
        if not allowed or self.user_has_lock():
            return allowed
        return can_change_all(self.user, self.page, and_below=False)

    # All languages of the page and of those below it

    def can_delete(self, ignore_bulk=False):
        """As Wagtail, without its query for a live page of somebody who may not publish.

        Lists ask for two buttons of each page.
        """
        if self.page.live and not self.user.is_superuser and "publish" not in self.permissions:
            return False
        return super().can_delete(ignore_bulk) and can_change_all(self.user, self.page)

    def can_set_view_restrictions(self):
        allowed = super().can_set_view_restrictions()
        return allowed and can_publish_all(self.user, self.page, and_below=True)
