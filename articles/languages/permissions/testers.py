"""The permission tester of pages in several languages.

Wagtail's views and menus use the permission tester of a page. An action on several languages
needs the permission for each of them.
"""

from django.db.models import Q
from wagtail.models import PagePermissionTester

from articles.languages.models.page_language import PageLanguage
from articles.languages.permissions.policy import languages_denied, languages_for, may


def languages_at(page, and_below=True):
    """``(written, live)``: the languages with a text, drafts included, and the live ones.

    ``and_below`` includes the languages of its descendants.
    """
    known = getattr(page, "_language_rows", None)
    if known is None or (and_below and not page.is_leaf()):
        pages = Q(page__path__startswith=page.path) if and_below else Q(page_id=page.pk)
        known = PageLanguage.objects.filter(pages, Q(translated=True) | Q(live=True))
        names = ("language", "live", "translated")
        known = known.order_by().values_list(*names, named=True).distinct()
    written = {row.language for row in known if row.translated}
    live = {row.language for row in known if row.live}
    return written | live, live


def may_change_all(user, page, and_below=True):
    """Whether ``user`` may edit all written languages and publish all live ones.

    Needed for actions on all languages of a page and its descendants, such as deleting.
    """
    edit, publish = set(languages_denied(user, "edit")), set(languages_denied(user, "publish"))
    if not edit | publish:
        return True
    written, live = languages_at(page, and_below)
    return not (edit & written or publish & live)


def may_publish_all(user, page, and_below=False):
    """Whether ``user`` may publish every language that is live."""
    denied = set(languages_denied(user, "publish"))
    return not denied or not denied & languages_at(page, and_below)[1]


def may_publish_over_date(user, page):
    """Whether ``page`` has no scheduled version that ``user`` may not cancel.

    Publishing any version cancels the schedule.
    """
    if not page.revisions.filter(approved_go_live_at__isnull=False).exists():
        return True
    return page.permissions_for_user(user).can_unschedule()


class LanguagePagePermissionTester(PagePermissionTester):
    """Wagtail's permission tester, combined with the permissions per language."""

    # Actions on one language

    def can_publish_in(self, language):
        return super().can_publish() and may(self.user, "publish", language)

    def can_unpublish_in(self, language):
        return super().can_unpublish() and may(self.user, "publish", language)

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
        may_submit = bool(languages_for(self.user, "submit"))
        return may_submit and super().can_submit_for_moderation()

    # All languages of the page

    def can_unpublish(self):
        return super().can_unpublish() and may_publish_all(self.user, self.page)

    def can_reorder_children(self):
        return super().can_reorder_children() and may_publish_all(self.user, self.page)

    def can_unschedule(self):
        if not super().can_unschedule():
            return False
        draft = self.page.get_scheduled_revision_as_object() or self.page.specific
        languages = draft.languages_wished() or draft.languages_of_plain_publish()
        return all(may(self.user, "publish", language) for language in languages)

    def can_lock(self):
        return super().can_lock() and may_change_all(self.user, self.page, and_below=False)

    def can_unlock(self):
        allowed = super().can_unlock()
        if not allowed or self.user_has_lock():
            return allowed
        return may_change_all(self.user, self.page, and_below=False)

    # All languages of the page and of those below it

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and may_change_all(self.user, self.page)

    def can_set_view_restrictions(self):
        allowed = super().can_set_view_restrictions()
        return allowed and may_publish_all(self.user, self.page, and_below=True)
