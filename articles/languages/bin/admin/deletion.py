"""Delete pages into the bin: one page, a selection of a list, and the action of Wagtail's API."""

from contextlib import suppress

import swapper
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count, ProtectedError, RestrictedError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.actions.delete_page import DeletePageAction
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.mixins import HookResponseMixin
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import AbstractPage

from diptych.articles.languages.admin.access import tell_if_being_deleted
from diptych.articles.languages.admin.inputs.malformed import RowField
from diptych.articles.languages.admin.listings.usage import references_to
from diptych.articles.languages.bin.branches import move_branch_to_bin
from diptych.articles.languages.bin.deleting import (
    DAYS_KEPT,
    BeingDeleted,
    Gone,
    branch_of,
    live_addresses,
)
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.models import BranchDeletion, PageLanguage
from diptych.articles.languages.permissions.policy import can_change_all
from diptych.articles.languages.routes.addresses import MOST_AT_ONCE, public_urls
from diptych.articles.languages.routes.redirects import can_redirect

#: So many addresses are listed in each language; the others are counted.
LISTED = 10
#: So many pages in all have to be confirmed by typing the name of the site, as in Wagtail.
UNSAFE = 10
#: A language and the number of its rows.
COUNTED = ("language", "pk__count")

NOWHERE, PARENT, OTHER = "nowhere", "parent", "other"


class RedirectsForm(forms.Form):
    """Where readers of each language are led who ask for an address of ``page``, or of one below.

    ``languages`` are those in which there is such an address.
    """

    def __init__(self, *args, page, languages, **kwargs):
        super().__init__(*args, **kwargs)
        self.page, self.languages = page, languages
        self.parent = page.get_parent()
        for language in languages:
            self._add_fields(language)

    def _add_fields(self, language):
        choices = [(NOWHERE, _("Nowhere: they read that there is no such page"))]
        if _is_live(self.parent, language):
            title = self.parent.specific_deferred.get_admin_display_title()
            choices.append((PARENT, _("To the page above it, “%(title)s”") % {"title": title}))
        choices.append((OTHER, _("To another page")))
        self.fields[f"redirect_{language}"] = forms.ChoiceField(
            label=_("Where readers are redirected"),
            choices=choices,
            widget=forms.RadioSelect,
            initial=NOWHERE,
            required=False,
        )
        self.fields[f"target_{language}"] = RowField(
            label=_("Other page"),
            queryset=swapper.load_model("wagtailcore", "Page").objects.order_by("path"),
            widget=AdminPageChooser,
            required=False,
        )

    @property
    def rows(self):
        """For each language the two fields of it."""
        return {code: (self[f"redirect_{code}"], self[f"target_{code}"]) for code in self.languages}

    def clean(self):
        values = super().clean()
        for language in self.languages:
            if values.get(f"redirect_{language}") == OTHER:
                self._check_target(language, values.get(f"target_{language}"))
        return values

    def _check_target(self, language, target):
        name = f"target_{language}"
        if target is None:
            if name not in self.errors:
                self.add_error(name, _("Choose a page."))
        elif target.path.startswith(self.page.path):
            self.add_error(name, _("This page is deleted too."))
        elif not _is_live(target, language):
            names = {"language": translated_language_name(language)}
            self.add_error(name, _("This page is not live in %(language)s.") % names)

    @property
    def targets(self):
        """The pages chosen, by language, as ``move_to_bin`` takes them."""
        chosen = {}
        for language in self.languages:
            where = self.cleaned_data[f"redirect_{language}"]
            if where == PARENT:
                chosen[language] = self.parent
            elif where == OTHER:
                chosen[language] = self.cleaned_data[f"target_{language}"]
        return chosen


def _is_live(page, language):
    return PageLanguage.objects.visible_in(language).filter(page_id=page.pk).exists()


def addresses_by_language(page):
    """The first live addresses of each language for the question, and the number of others."""
    lost = live_addresses(branch_of(page))
    counts = dict(lost.order_by().values("language").annotate(Count("pk")).values_list(*COUNTED))
    found = {}
    for code in counts:
        of_language = lost.filter(language=code).values_list("url_path", flat=True)
        found[code] = list(of_language[:LISTED])
    return [
        {
            "language": code,
            "name": translated_language_name(code),
            "urls": public_urls(code, found[code]),
            "more": max(counts[code] - LISTED, 0),
        }
        for code in available_languages()
        if code in found
    ]


def ask_or_delete(request, page):
    """Hook for ``before_delete_page``: in place of Wagtail's view, ask, or move to the bin."""
    return DeletionView.as_view()(request, page=page)


class DeletionView(HookResponseMixin, FormView):
    """The question before a page is deleted. Wagtail has checked the permission."""

    template_name = "diptych_languages/admin/bin/delete.html"
    form_class = RedirectsForm

    def setup(self, request, page):
        super().setup(request)
        self.page = page
        self.next_url = get_valid_next_url_from_request(request)

    @cached_property
    def addresses(self):
        return addresses_by_language(self.page)

    @cached_property
    def usage(self):
        return references_to(self.page)

    def get_form_kwargs(self):
        languages = [each["language"] for each in self.addresses] if can_redirect() else []
        return {**super().get_form_kwargs(), "page": self.page, "languages": languages}

    def form_valid(self, form):
        if self.usage.is_protected:
            raise PermissionDenied
        if not type_to_delete_confirmation(self.request):
            return self.form_invalid(form)
        parent = self.page.get_parent()
        try:
            deleted = move_branch_to_bin(self.page, self.request.user, form.targets)
        except BeingDeleted:
            form.add_error(None, _("A branch of these pages is being deleted. Wait until it is."))
            return self.form_invalid(form)
        except (ProtectedError, RestrictedError):
            form.add_error(None, _("Something that refers to this page prevents its deletion."))
            return self.form_invalid(form)
        except Gone as error:
            raise Http404 from error
        _announce_page(self.request, deleted)
        response = self.run_hook("after_delete_page", self.request, self.page)
        if response is not None:
            return response
        return redirect(self.next_url or reverse("wagtailadmin_explore", args=(parent.pk,)))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        count = branch_of(self.page).count()
        rows = context["form"].rows
        return {
            **context,
            "page": self.page,
            "next": self.next_url,
            "page_count": count,
            "descendant_count": count - 1,
            "is_in_background": count - 1 > MOST_AT_ONCE,
            "days": DAYS_KEPT,
            "addresses": [
                {**each, "fields": rows.get(each["language"])} for each in self.addresses
            ],
            "model_opts": self.page._meta,
            "usage_url": f"{reverse('wagtailadmin_pages:usage', args=(self.page.pk,))}"
            "?describe_on_delete=1",
            "usage_count": self.usage.count(),
            "is_protected": self.usage.is_protected,
            "type_to_confirm_before_delete": count
            >= getattr(settings, "WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT", UNSAFE),
            "wagtail_site_name": getattr(settings, "WAGTAIL_SITE_NAME", "wagtail"),
        }


def _announce_page(request, deleted):
    if not isinstance(deleted, BranchDeletion):
        url = reverse("diptych_restore_page", args=(deleted.key,))
        announce(request, deleted.title, url)
        return
    message = _(
        "Readers no longer find “%(title)s”; the %(count)s pages below it follow within moments."
        " All are moved to the bin in the background."
    )
    count = number_format(deleted.page_count - 1, force_grouping=True)
    messages.success(request, message % {"title": deleted.title, "count": count})


def announce(request, title, restore_url):
    """Add a message that an object has been moved to the bin, with a button to restore it."""
    message = _("“%(title)s” has been moved to the bin, which keeps it for %(days)s days.")
    messages.success(
        request,
        message % {"title": title, "days": DAYS_KEPT},
        buttons=[messages.button(restore_url, _("Restore"))],
    )


def refuse_while_deleted(request, page, *others):
    """Hook before a page is changed, or one is added below it, for those being deleted."""
    places = [each.specific for each in (page, *others) if isinstance(each, AbstractPage)]
    is_told = tell_if_being_deleted(request, *places)
    return redirect("wagtailadmin_explore_root") if is_told else None


# A selection


class SelectionForm(forms.Form):
    redirect = forms.ChoiceField(
        label=gettext_lazy("Where readers of these addresses are redirected"),
        choices=[
            (NOWHERE, gettext_lazy("Nowhere: they read that there is no such page")),
            (PARENT, gettext_lazy("To the page above each, where it is live")),
        ],
        widget=forms.RadioSelect,
        initial=NOWHERE,
        required=False,
    )


class MoveToBin(DeleteBulkAction):
    """Wagtail's bulk action, which moves pages to the bin."""

    template_name = "diptych_languages/admin/bin/bulk_delete.html"
    form_class = SelectionForm

    def object_context(self, page):
        return {**super().object_context(page), "addresses": addresses_by_language(page)}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        has_addresses = any(each["addresses"] for each in context["items"])
        return {
            **context,
            "days": DAYS_KEPT,
            "has_addresses": has_addresses and can_redirect(),
            "is_in_background": any(
                each["descendant_count"] > MOST_AT_ONCE for each in context["items"]
            ),
        }

    def get_execution_context(self):
        is_asked = self.cleaned_form.cleaned_data["redirect"] == PARENT
        return {**super().get_execution_context(), "to_parents": is_asked}

    @classmethod
    def execute_action(cls, objects, user=None, to_parents=False, **kwargs):
        """As Wagtail's; pages below another selected page are deleted with it."""
        roots = [each for each in objects if not any(each.is_descendant_of(o) for o in objects)]
        counts = []
        for page in roots:
            parent = page.get_parent() if to_parents else None
            languages = available_languages() if to_parents else ()
            targets = {c: parent for c in languages if _is_live(parent, c)}
            # Somebody else may have deleted it meanwhile.
            with suppress(Gone, BeingDeleted):
                counts.append(move_branch_to_bin(page, user, targets).page_count)
        return len(counts), sum(counts) - len(counts)

    def get_success_message(self, num_parent_objects, num_child_objects):
        message = super().get_success_message(num_parent_objects, num_child_objects)
        message = f"{message}. {_('The bin keeps them for %(days)s days.') % {'days': DAYS_KEPT}}"
        pages = [each.pk for each in self.actionable_objects]
        if BranchDeletion.objects.filter(page__in=pages).exists():
            message += " " + _("Those of large branches are moved there in the background.")
        return message


# Wagtail's APIs


class BinPageAction(DeletePageAction):
    """The action of Wagtail's API; ``page.delete()`` in code does not use it."""

    def check(self, skip_permission_checks=False):
        super().check(skip_permission_checks)
        if self.user and not skip_permission_checks and not can_change_all(self.user, self.page):
            raise self.permission_error_class

    def execute(self, *args, skip_permission_checks=False, **kwargs):
        self.check(skip_permission_checks=skip_permission_checks)
        return move_branch_to_bin(self.page, self.user)


def register_actions(registry):
    """Hook for ``register_actions``."""
    registry.register(swapper.load_model("wagtailcore", "Page"), BinPageAction)
