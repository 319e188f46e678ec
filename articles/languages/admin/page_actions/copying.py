"""Copying a page with a headline and an address of its own in each language."""

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.admin import messages
from wagtail.admin.views.generic.mixins import HookResponseMixin
from wagtail.admin.views.pages.copy import CopyView

from diptych.articles.languages.permissions.policy import languages_denied
from diptych.articles.languages.publication.pages import MultilingualPageMixin


class LanguageCopyView(HookResponseMixin, CopyView):
    """Copy with a headline and an address of its own in each language."""

    template_name = "diptych_languages/admin/copy.html"

    def post(self, request, *args, **kwargs):
        """Leave the check of the posted parent to the form."""
        return super(CopyView, self).post(request, *args, **kwargs)

    def form_valid(self, form):
        parent = form.cleaned_data["new_parent_page"] or self.parent_page
        with transaction.atomic():
            if form.cleaned_data.get("alias"):
                copy = self._make_alias(form, parent)
            else:
                copy = self._make_copy(form, parent)
        title = self.page.specific_deferred.get_admin_display_title()
        messages.success(
            self.request,
            _("The page has been copied: %(title)s") % {"title": title},
            buttons=[
                messages.button(reverse("wagtailadmin_pages:edit", args=(copy.pk,)), _("Edit"))
            ],
        )
        response = self.run_hook("after_copy_page", self.request, self.page, copy)
        if response is not None:
            return response
        return redirect(self.next_url or reverse("wagtailadmin_explore", args=(parent.pk,)))

    def _make_copy(self, form, parent):
        can_publish = parent.permissions_for_user(self.request.user).can_publish_subpage()
        copy = CopyPageAction(
            page=self.page,
            recursive=form.cleaned_data.get("copy_subpages"),
            to=parent,
            # A copy has the texts of its original in every language, whoever makes it.
            update_attrs={**form.new_values(), "is_arranged": True},
            keep_live=bool(can_publish and form.cleaned_data.get("publish_copies")),
            user=self.request.user,
        ).execute()
        self._unpublish_denied(copy)
        return copy

    def _unpublish_denied(self, copy):
        """Take the copies offline in the languages in which the person may not publish."""
        denied = languages_denied(self.request.user, "publish")
        for page in copy.get_descendants(inclusive=True).live().specific() if denied else ():
            if isinstance(page, MultilingualPageMixin):
                page.unpublish_languages(denied, user=self.request.user)

    def _make_alias(self, form, parent):
        values = form.new_values()
        alias = CreatePageAliasAction(
            self.page.specific,
            recursive=form.cleaned_data.get("copy_subpages"),
            parent=parent,
            update_slug=values["slug"],
            user=self.request.user,
        ).execute(skip_permission_checks=True)
        for name, value in values.items():
            if name.startswith("url_slug"):
                setattr(alias, name, value)
        alias.save(clean=False)
        return alias
