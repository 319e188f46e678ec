"""Refuse what changes a page in all its languages to those who may not change each of them.

A page of several languages refuses by its permission tester. These hooks look after what the
tester does not see: pages of other kinds with pages of several languages below them, and drafts
that are published as they are.
"""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import AbstractPage

from articles.languages.pages import LanguagePageMixin
from articles.languages.rights.granted import may
from articles.languages.rights.testers import may_change_all

#: The actions on a selection that take pages away from where they are.
REMOVING = ("delete", "move")


def refuse_removal(request, page, destination=None):
    """Registered for ``before_delete_page`` and ``before_move_page``."""
    return None if may_change_all(request.user, page) else _refuse(request, page)


def refuse_conversion(request, page):
    """An alias that is made a page of its own follows its source in no language any more."""
    if not isinstance(page, LanguagePageMixin) or may_change_all(request.user, page, False):
        return None
    return _refuse(request, page)


def _refuse(request, page):
    message = _(
        "“%(title)s” has been left as it is: this would change it, or pages below it, in a"
        " language that you may not edit or publish."
    )
    messages.error(request, message % {"title": page.specific.get_admin_display_title()})
    parent = page.get_parent()
    if parent is None:
        return redirect("wagtailadmin_explore_root")
    return redirect(reverse("wagtailadmin_explore", args=(parent.pk,)))


def refuse_selection(request, action_type, pages, action):
    """Take out of an action on a selection the pages it may not be done with, and say so.

    Registered for ``before_bulk_action``.
    """
    if not issubclass(action.model, AbstractPage):
        return None
    refused = [page for page in pages if _is_refused(request.user, action_type, page, action)]
    for page in refused:
        pages.remove(page)
    if refused:
        message = ngettext(
            "%(count)s page has been left as it is: this would change a language that you may"
            " not edit or publish.",
            "%(count)s pages have been left as they are: this would change a language that you"
            " may not edit or publish.",
            len(refused),
        )
        messages.error(request, message % {"count": len(refused)})
    return redirect(action.next_url) if refused and not pages else None


def _is_refused(user, action_type, page, action):
    if action_type in REMOVING:
        return not may_change_all(user, page)
    if action_type != "publish":
        return False
    drafts = [page]
    if action.cleaned_form.cleaned_data.get("include_descendants", False):
        drafts += page.get_descendants().not_live()
    return not all(_publishes_something(user, each) for each in drafts)


def _publishes_something(user, page):
    """Whether ``user`` may publish a draft in one of the languages it would be live in."""
    if user.is_superuser:
        return True
    draft = page.get_latest_revision_as_object()
    if not isinstance(draft, LanguagePageMixin):
        return True
    return any(may(user, "publish", language) for language in draft.languages_to_be_live())
