"""Hooks that restrict actions on whole pages to users with permissions for all languages.

Pages in several languages do this in their permission tester. These hooks handle other page types
with such pages below them, and bulk publication of drafts.
"""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import AbstractPage

from diptych.articles.languages.permissions.policy import (
    can,
    can_change_all,
    can_publish_over_date,
    languages_denied,
)
from diptych.articles.languages.publication.pages import MultilingualPageMixin

#: Bulk actions that move or delete pages.
REMOVING = ("delete", "move")
#: So many pages are named in a message for each set of languages; the others are counted.
MOST_TITLES = 20


def refuse_removal(request, page, destination=None):
    """Hook for ``before_delete_page`` and ``before_move_page``."""
    return None if can_change_all(request.user, page) else _refuse(request, page)


def refuse_conversion(request, page):
    """Hook for ``before_convert_alias_page``: converting concerns all languages."""
    if not isinstance(page, MultilingualPageMixin) or can_change_all(request.user, page, False):
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
    """Hook for ``before_bulk_action``: remove pages without permission, with a message."""
    if not issubclass(action.model, AbstractPage):
        return None
    _take_out(request, pages, _of_languages, lambda page: _is_refused(request, page, action))
    if action_type == "publish":
        _take_out(request, pages, _of_dates, lambda page: _has_date(request, page, action))
    return None if pages else redirect(action.next_url)


def _take_out(request, pages, sentence_for, is_refused):
    """Remove the pages that ``is_refused`` accepts, and name them in ``sentence_for(number)``."""
    refused = [page for page in pages if is_refused(page)]
    for page in refused:
        pages.remove(page)
    if refused:
        titles = [page.specific.get_admin_display_title() for page in refused]
        values = {"count": len(refused), "titles": listed_titles(titles)}
        messages.error(request, sentence_for(len(refused)) % values)


def _of_languages(count):
    return ngettext(
        "%(count)s page has been left as it is, as this would change a language that you may"
        " not edit or publish: %(titles)s",
        "%(count)s pages have been left as they are, as this would change a language that you"
        " may not edit or publish: %(titles)s",
        count,
    )


def _of_dates(count):
    return ngettext(
        "%(count)s page has been left as it is, as this would call off a date of publication in a"
        " language that you may not publish: %(titles)s",
        "%(count)s pages have been left as they are, as this would call off dates of publication in"
        " a language that you may not publish: %(titles)s",
        count,
    )


def _is_refused(request, page, action):
    if action.action_type in REMOVING:
        return not can_change_all(request.user, page)
    if action.action_type != "publish":
        return False
    drafts = _to_be_published(page, action)
    return not all(_publishes_something(request.user, each) for each in drafts)


def _has_date(request, page, action):
    """Whether a schedule of the page or a descendant would be cancelled without permission."""
    user = request.user
    if not languages_denied(user, "publish"):
        return False
    pages = (each.specific for each in _to_be_published(page, action))
    return any(
        isinstance(each, MultilingualPageMixin) and not can_publish_over_date(user, each)
        for each in pages
    )


def _to_be_published(page, action):
    """The pages that a bulk action on ``page`` publishes."""
    if action.cleaned_form.cleaned_data.get("include_descendants", False):
        return [page, *page.get_descendants().not_live()]
    return [page]


def _publishes_something(user, page):
    """Whether ``user`` may publish one of the languages that would be live."""
    if user.is_superuser:
        return True
    draft = page.get_latest_revision_as_object()
    if not isinstance(draft, MultilingualPageMixin):
        return True
    return any(can(user, "publish", language) for language in draft.languages_to_be_live())


def listed_titles(titles):
    """The first of ``titles`` and the number of the others, in words."""
    named = "; ".join(titles[:MOST_TITLES])
    others = len(titles) - MOST_TITLES
    if others < 1:
        return named
    more = ngettext("and %(count)s more", "and %(count)s more", others) % {"count": others}
    return f"{named}; {more}"
