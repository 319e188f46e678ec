"""Pages in several languages are not copied into the trees of Wagtail's other locales.

`wagtail.contrib.simple_translation` and wagtail-localize offer that for every page, without asking
it. Their buttons are left out, and posts to their views are refused with a message.
"""

from functools import wraps
from typing import NamedTuple

import swapper
from django.apps import apps
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import ButtonWithDropdownFromHook

from diptych.articles.languages.index.copies import would_copy_languages
from diptych.articles.languages.publication.pages import MultilingualPageMixin


class Copier(NamedTuple):
    """An application with a view that copies pages, whose names and addresses begin with its own.

    ``offered`` are the names of the views to which buttons of a page lead, all with one number.
    """

    application: str
    namespace: str
    address: str
    view: str
    offered: tuple


COPIERS = (
    Copier(
        "wagtail.contrib.simple_translation",
        "simple_translation",
        "translation/submit/page/<int:page_id>/",
        "wagtail.contrib.simple_translation.views.SubmitPageTranslationView",
        ("submit_page_translation",),
    ),
    Copier(
        "wagtail_localize",
        "wagtail_localize",
        "localize/submit/page/<int:page_id>/",
        "wagtail_localize.views.submit_translations.SubmitPageTranslationView",
        ("submit_page_translation", "update_translations"),
    ),
)


def admin_urls():
    """For ``register_admin_urls``, before those of the applications: their views, guarded."""
    return [
        path(each.address, _guarded(each.namespace, import_string(each.view).as_view()))
        for each in _installed()
    ]


def arrange_listing_buttons(buttons, page, user, context=None):
    """For ``construct_page_listing_buttons``: the buttons in a row of a list."""
    if not _has_languages(page):
        return
    for button in buttons:
        if isinstance(button, ButtonWithDropdownFromHook):
            button.dropdown_buttons = without_copying(button.dropdown_buttons)
    buttons[:] = without_copying(buttons)


class WithoutCopyingMixin:
    """A view of a page whose header offers no copies of pages in several languages."""

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        page = getattr(self, "page", None) or self.parent_page
        return without_copying(buttons) if _has_languages(page) else buttons


def without_copying(buttons):
    """``buttons`` but those that lead to a view that copies pages."""
    addresses = tuple(
        reverse(f"{each.namespace}:{name}", args=(0,)).removesuffix("0/")
        for each in _installed()
        for name in each.offered
    )
    if not addresses:
        return buttons
    return [each for each in buttons if not str(each.url or "").startswith(addresses)]


def _installed():
    return [each for each in COPIERS if apps.is_installed(each.application)]


def _has_languages(page):
    model = page.specific_class or type(page)
    return issubclass(model, MultilingualPageMixin)


def _guarded(namespace, view):
    """``view``, with a message where it would copy pages in several languages."""

    @wraps(view)
    def guarded(request, page_id):
        page = swapper.load_model("wagtailcore", "Page").objects.filter(pk=page_id).first()
        if page is None or not request.user.has_perm(f"{namespace}.submit_translation"):
            return view(request, page_id=page_id)
        if would_copy_languages(page, and_below=False):
            messages.error(request, _("This page has all its languages in it: translate it here."))
            return redirect("wagtailadmin_pages:edit", page.pk)
        if request.POST.get("include_subtree") and would_copy_languages(page, and_below=True):
            messages.error(request, _subtree_refused())
            return redirect(request.get_full_path())
        return view(request, page_id=page_id)

    return guarded


def _subtree_refused():
    return _(
        "Nothing has been copied: pages below this one have all their languages in them. Submit"
        " this page without those below it."
    )
