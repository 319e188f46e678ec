"""The pages and actions of the admin API of Wagtail 8.0, which later ones do not have.

Its actions are for those who may change every language they concern: they pass the admin's views
by, and with them their hooks and forms. Lists take as many queries for one page as for many.
"""

from functools import reduce
from operator import or_

import swapper
from django.db.models import Count, Q
from django.db.models.functions import Left, Length
from django.http import Http404
from rest_framework import status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.response import Response
from wagtail.admin.api.actions.copy_for_translation import CopyForTranslationAPIAction
from wagtail.admin.api.actions.delete import DeletePageAPIAction
from wagtail.admin.api.actions.publish import PublishPageAPIAction
from wagtail.admin.api.actions.unpublish import UnpublishPageAPIAction
from wagtail.admin.api.serializers import (
    AdminPageSerializer,
    PageChildrenField,
    get_model_listing_url,
)
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.serializers import PageParentField
from wagtail.query import PageQuerySet

from diptych.articles.languages.admin.listings.listed_pages import ListedPages
from diptych.articles.languages.admin.publishing.messages import missing_in_words
from diptych.articles.languages.bin.admin.deletion import BeingDeleted, BinPageAction, Gone
from diptych.articles.languages.index.copies import LANGUAGES_ARE_NOT_COPIED, would_copy_languages
from diptych.articles.languages.permissions.policy import can_change_all
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.readiness.grading import Confirmation, NotPublishable
from diptych.articles.languages.publication.service import unpublish_with_descendants

Page = swapper.load_model("wagtailcore", "Page")

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


class BinPageAPIAction(DeletePageAPIAction):
    """The action of the API that the admin uses."""

    def execute(self, instance, data):
        try:
            BinPageAction(page=instance, user=self.request.user).execute()
        except Gone as error:
            raise Http404 from error
        except BeingDeleted as error:
            raise PermissionDenied from error
        return Response(status=status.HTTP_204_NO_CONTENT)


class ListedParentField(PageParentField):
    def get_attribute(self, instance):
        """The parent if the user may see it, which is asked once for all pages."""
        known = self.context.setdefault("visible_parents", {})
        parent = instance.get_parent()
        if parent.pk not in known:
            asked = {page.get_parent().pk for page in _pages_with(self, instance)}
            found = self.context["base_queryset"].filter(pk__in=asked).values_list("pk", flat=True)
            known.update(dict.fromkeys(asked, False) | dict.fromkeys(found, True))
        return parent if known[parent.pk] else None


class ListedChildrenField(PageChildrenField):
    def to_representation(self, page):
        """The number of children that the user may see, counted once for all pages."""
        known = self.context.setdefault("visible_children", {})
        if page.path not in known:
            pages = _pages_with(self, page)
            known.update(dict.fromkeys((each.path for each in pages), 0))
            known.update(_count_children(pages, self.context["base_queryset"]))
        address = f"{get_model_listing_url(self.context, Page)}?child_of={page.pk}"
        return {"count": known[page.path], "listing_url": address}


def _count_children(pages, visible):
    """The number of ``visible`` children by the path of those of ``pages`` that have any."""
    below = [Q(path__startswith=page.path, depth=page.depth + 1) for page in pages if page.numchild]
    if not below:
        return {}
    above = Left("path", Length("path") - Page.steplen)
    rows = visible.filter(reduce(or_, below)).order_by().annotate(above=above)
    return dict(rows.values_list("above").annotate(Count("pk")))


class ListedPageSerializer(AdminPageSerializer):
    parent = ListedParentField(read_only=True)
    children = ListedChildrenField(read_only=True)


def _pages_with(field, page):
    """All pages that the serializer of ``field`` is given, one of which is ``page``."""
    instance = field.root.instance
    return list(instance) if getattr(field.root, "many", False) else [page]


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
