"""The actions of Wagtail's admin API, for those who may change every language they concern.

They pass the admin's views by, and with them their hooks and forms.
"""

from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.response import Response
from wagtail.admin.api.actions.copy_for_translation import CopyForTranslationAPIAction
from wagtail.admin.api.actions.publish import PublishPageAPIAction
from wagtail.admin.api.actions.unpublish import UnpublishPageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.query import PageQuerySet

from diptych.articles.languages.admin.listings.listed_pages import ListedPages, ListedPageSerializer
from diptych.articles.languages.admin.publishing.messages import missing_in_words
from diptych.articles.languages.bin.admin.deletion import BinPageAPIAction
from diptych.articles.languages.index.copies import LANGUAGES_ARE_NOT_COPIED, would_copy_languages
from diptych.articles.languages.permissions.policy import can_change_all
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.readiness.grading import Confirmation, NotPublishable
from diptych.articles.languages.publication.service import unpublish_with_descendants

#: Actions that check the user's languages themselves, by saving drafts and by testers.
BY_LANGUAGE = ("publish", "unpublish", "revert_to_page_revision")


class PublishByLanguageAction(PublishPageAPIAction):
    """Publish the languages that are complete and that the user may publish."""

    def execute(self, instance, data):
        if not isinstance(instance, MultilingualPageMixin):
            return super().execute(instance, data)
        user = self.request.user
        if not instance.permissions_for_user(user).can_publish():
            raise PermissionDenied
        revision = instance.get_latest_revision() or instance.save_revision(user=user)
        try:
            posted = self.request.data
            values = posted.getlist if hasattr(posted, "getlist") else posted.get
            confirmed = [Confirmation.parse(str(each)) for each in values("confirmed") or ()]
            instance.publish(revision, user=user, confirmed=confirmed)
        except NotPublishable as refusal:
            missing = {each.language: each.sentences for each in refusal.gradings}
            answer = {"detail": missing_in_words(missing), **refusal.to_confirm}
            raise ValidationError(answer) from refusal
        return Response(self.view.get_serializer(instance.stored()).data)


class UnpublishByLanguageAction(UnpublishPageAPIAction):
    """Unpublish in all languages, as everywhere else."""

    def execute(self, instance, data):
        unpublish_with_descendants(instance, self.request.user, data["recursive"])
        return Response(self.view.get_serializer(instance).data)


class CopyForTranslationByLanguageAction(CopyForTranslationAPIAction):
    """Copy pages of other types into the tree of a locale."""

    def execute(self, instance, data):
        if would_copy_languages(instance, and_below=data["recursive"]):
            raise PermissionDenied(LANGUAGES_ARE_NOT_COPIED)
        return super().execute(instance, data)


class LanguagePagesAPIViewSet(PagesAdminAPIViewSet):
    actions = {
        **PagesAdminAPIViewSet.actions,
        "publish": PublishByLanguageAction,
        "unpublish": UnpublishByLanguageAction,
        "delete": BinPageAPIAction,
        "copy_for_translation": CopyForTranslationByLanguageAction,
    }

    base_serializer_class = ListedPageSerializer

    def get_queryset(self):
        return ListedPages.of(super().get_queryset())

    def filter_queryset(self, queryset):
        """Restore the class of the queryset, which the filter of the explorer's menu replaces."""
        pages = super().filter_queryset(queryset)
        return ListedPages.of(pages) if isinstance(pages, PageQuerySet) else pages

    def action_view(self, request, pk, action_name):
        page = self.get_object()
        if action_name not in BY_LANGUAGE and not can_change_all(request.user, page):
            raise PermissionDenied
        page = page.specific
        if isinstance(page, MultilingualPageMixin) and page.is_locked_for(request.user):
            raise PermissionDenied
        return super().action_view(request, pk, action_name)
