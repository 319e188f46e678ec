"""The actions of Wagtail's API v3, for those who may change every language they concern.

Wagtail's registry of actions is how v3 finds them. Its create, edit and revert actions save drafts
and publish them by the methods of pages, which keep to the languages of the person by themselves.
"""

import swapper
from django.core.exceptions import PermissionDenied
from wagtail.actions import (
    ConvertAliasPageAction,
    CopyPageAction,
    CopyPageForTranslationAction,
    CreatePageAliasAction,
    MovePageAction,
    PublishPageRevisionAction,
    UnpublishPageAction,
)

from diptych.articles.languages.index.copies import LANGUAGES_ARE_NOT_COPIED, would_copy_languages
from diptych.articles.languages.permissions.policy import can_change_all
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.service import unpublish_with_descendants


def refuse_locked(page, user):
    if user and page.is_locked_for(user):
        raise PermissionDenied("The page is locked.")


class PublishByLanguageAction(PublishPageRevisionAction):
    """Publish a draft as everywhere else, in the languages that it requests and that are live."""

    def execute(self, skip_permission_checks=False):
        page = self.object
        if not isinstance(page, MultilingualPageMixin):
            return super().execute(skip_permission_checks)
        self.check(skip_permission_checks)
        page = page.stored()
        refuse_locked(page, self.user)
        page.publish(
            self.revision,
            user=self.user,
            changed=self.changed,
            log_action=self.log_action,
            previous_revision=self.previous_revision,
        )
        return None


class UnpublishByLanguageAction(UnpublishPageAction):
    """Take a page offline in all its languages, as everywhere else."""

    def execute(self, skip_permission_checks=False):
        if not isinstance(self.object, MultilingualPageMixin):
            super().execute(skip_permission_checks)
            return
        self.check(skip_permission_checks)
        refuse_locked(self.object, self.user)
        unpublish_with_descendants(self.object, self.user, self.include_descendants)


class WholePageMixin:
    """An action on all languages of a page and of those below it."""

    def check(self, *args, skip_permission_checks=False, **kwargs):
        super().check(*args, skip_permission_checks=skip_permission_checks, **kwargs)
        if not self.user or skip_permission_checks:
            return
        if not can_change_all(self.user, self.page):
            raise PermissionDenied("The page has languages that you may not change.")
        page = self.page.specific
        if isinstance(page, MultilingualPageMixin):
            refuse_locked(page, self.user)


class CopyByLanguageAction(WholePageMixin, CopyPageAction):
    pass


class MoveByLanguageAction(WholePageMixin, MovePageAction):
    pass


class ConvertAliasByLanguageAction(WholePageMixin, ConvertAliasPageAction):
    pass


class CreateAliasByLanguageAction(WholePageMixin, CreatePageAliasAction):
    pass


class CopyForTranslationByLanguageAction(WholePageMixin, CopyPageForTranslationAction):
    """Copy pages of other types into the tree of a locale."""

    def check(self, skip_permission_checks=False):
        super().check(skip_permission_checks=skip_permission_checks)
        if would_copy_languages(self.page, and_below=self.include_subtree):
            raise PermissionDenied(LANGUAGES_ARE_NOT_COPIED)


def register_actions(registry):
    """Hook for ``register_actions``."""
    page = swapper.load_model("wagtailcore", "Page")
    for action in (
        PublishByLanguageAction,
        UnpublishByLanguageAction,
        CopyByLanguageAction,
        MoveByLanguageAction,
        ConvertAliasByLanguageAction,
        CreateAliasByLanguageAction,
        CopyForTranslationByLanguageAction,
    ):
        registry.register(page, action)
