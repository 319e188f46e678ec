"""Taking a page offline in one language."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.models import UnpublishView
from wagtail.models import Page

from diptych.articles.languages.config.language_config import (
    translated_language_name,
)
from diptych.articles.languages.publication.pages import MultilingualPageMixin


@method_decorator(transaction.atomic, name="post")
class UnpublishLanguageView(UnpublishView):
    """Ask, then unpublish a page in one language, with Wagtail's hooks for unpublishing a page."""

    template_name = "diptych_languages/admin/confirm_unpublish_language.html"
    header_icon = "download"
    edit_url_name = "wagtailadmin_pages:edit"

    def setup(self, request, page_id, language):
        self.language = language
        super().setup(request, page_id)

    def get_object(self, queryset=None):
        page = get_object_or_404(Page, pk=self.pk).specific
        if not isinstance(page, MultilingualPageMixin) or self.language not in page.live_languages:
            raise Http404
        return page

    def dispatch(self, request, *args, **kwargs):
        if not self.object.permissions_for_user(request.user).can_unpublish_in(self.language):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def unpublish(self):
        response = self.run_hook("before_unpublish_page", self.request, self.object)
        if response is not None:
            return response
        self.object.unpublish_languages([self.language], user=self.request.user)
        return self.run_hook("after_unpublish_page", self.request, self.object)

    @property
    def names(self):
        return {
            "title": self.object.get_admin_display_title(),
            "language": translated_language_name(self.language),
        }

    def get_page_title(self):
        return _("Unpublish in %(language)s") % self.names

    def get_page_subtitle(self):
        return self.names["title"]

    def get_success_message(self):
        return _("“%(title)s” is no longer live in %(language)s.") % self.names

    def get_next_url(self):
        next_url = get_valid_next_url_from_request(self.request)
        return next_url or reverse(self.edit_url_name, args=(self.object.pk,))

    def get_unpublish_url(self):
        return self.request.path

    def get_context_data(self, **kwargs):
        remaining = [code for code in self.object.live_languages if code != self.language]
        return super().get_context_data(
            **kwargs,
            language_name=self.names["language"],
            remaining=MultilingualPageMixin.names_of(remaining),
            next=get_valid_next_url_from_request(self.request),
        )
