"""The admin views of pages in several languages, each a thin variation of Wagtail's own."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.models import Page

from articles.languages.available import available_languages, translated_language_name
from articles.languages.pages import LanguagePageMixin
from articles.languages.publication import restore_draft
from articles.languages.publication_request import languages_asked_for


class PublishingByLanguage:
    """Understand the buttons of one language, and publish as one transaction."""

    @cached_property
    def action_name_and_method(self):
        if languages_asked_for(self.request.POST) and self.may_publish():
            return "publish", self.publish_action
        return super().action_name_and_method

    def publish_action(self):
        with transaction.atomic():
            response = super().publish_action()
            if self.form.kept is not None:
                page = self.page.specific_class.objects.get(pk=self.page.pk)
                languages = self.form.languages_asked_for
                if restore_draft(page, self.form.kept, languages, self.request.user):
                    messages.info(self.request, self.draft_kept_message(languages))
        return response

    def draft_kept_message(self, languages):
        others = [code for code in available_languages() if code not in languages]
        return _("Unpublished changes in %(languages)s are kept as a draft.") % {
            "languages": LanguagePageMixin.names_of(others)
        }


class LanguageEditView(PublishingByLanguage, EditView):
    def may_publish(self):
        return self.page_perms.can_publish()


class LanguageRevertView(PublishingByLanguage, RevisionsRevertView):
    def may_publish(self):
        return self.page_perms.can_publish()


class LanguageCreateView(PublishingByLanguage, CreateView):
    def may_publish(self):
        return self.parent_page_perms.can_publish_subpage()


class LanguageCopyView(CopyView):
    """Copy with a headline and an address of its own in each language."""

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
            _("Page '%(page_title)s' copied.") % {"page_title": title},
            buttons=[
                messages.button(reverse("wagtailadmin_pages:edit", args=(copy.pk,)), _("Edit"))
            ],
        )
        response = self._run_after_copy_hooks(copy)
        if response is not None:
            return response
        return redirect(self.next_url or reverse("wagtailadmin_explore", args=(parent.pk,)))

    def _make_copy(self, form, parent):
        may_publish = parent.permissions_for_user(self.request.user).can_publish_subpage()
        return CopyPageAction(
            page=self.page,
            recursive=form.cleaned_data.get("copy_subpages"),
            to=parent,
            update_attrs=form.new_values(),
            keep_live=bool(may_publish and form.cleaned_data.get("publish_copies")),
            user=self.request.user,
        ).execute()

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

    def _run_after_copy_hooks(self, copy):
        from wagtail import hooks

        for hook in hooks.get_hooks("after_copy_page"):
            result = hook(self.request, self.page, copy)
            if hasattr(result, "status_code"):
                return result
        return None


def unpublish_language(request, page_id, language):
    """Ask, then take a page offline in one language."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, LanguagePageMixin) or language not in page.live_languages:
        raise Http404
    if not page.permissions_for_user(request.user).can_unpublish():
        raise PermissionDenied
    title = page.get_admin_display_title()
    edit_url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    if request.method == "POST":
        page.withdraw_language(language, user=request.user)
        messages.success(
            request,
            _("“%(title)s” is no longer live in %(language)s.")
            % {"title": title, "language": translated_language_name(language)},
            buttons=[messages.button(edit_url, _("Edit"))],
        )
        return redirect(get_valid_next_url_from_request(request) or edit_url)
    remaining = [code for code in page.live_languages if code != language]
    context = {
        "page": page,
        "title": title,
        "language_name": translated_language_name(language),
        "remaining": LanguagePageMixin.names_of(remaining) if remaining else "",
        "edit_url": edit_url,
        "next": get_valid_next_url_from_request(request),
    }
    return TemplateResponse(request, "diptych/admin/confirm_unpublish_language.html", context)
