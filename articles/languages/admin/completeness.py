"""Let nothing go live half written by a way that passes the editor's form by.

The form checks what is published with its buttons. A selection of pages in a list, and a
moderator's approval, publish drafts that nobody has looked at since they were saved.
"""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import AbstractPage

from articles.languages.admin.states import language_heading
from articles.languages.pages import LanguagePageMixin

#: So many pages are named; the others are counted.
NAMED = 5


def missing_for_publication(draft):
    """What keeps ``draft`` from being published as it is: ``{language: [sentence, …]}``.

    Looks at the languages that would be live then: those that are, and those it asks for.
    """
    missing = {}
    for language in draft.languages_to_be_live():
        problems = [sentence for _field, sentence in draft.publication_problems(language)]
        if problems:
            missing[language] = problems
    return missing


def missing_in_words(missing):
    """The answer of :func:`missing_for_publication` as running text."""
    return " ".join(
        _("%(language)s: %(problems)s")
        % {"language": language_heading(language), "problems": " ".join(problems)}
        for language, problems in missing.items()
    )


def refuse_incomplete_pages(request, action_type, pages, action):
    """Take out of a bulk publication the pages that lack something, and say what they lack.

    Registered for ``before_bulk_action``. With "include descendants", a page waits for those
    below it.
    """
    if action_type != "publish" or not issubclass(action.model, AbstractPage):
        return None
    with_descendants = action.cleaned_form.cleaned_data.get("include_descendants", False)
    refused = []
    for page in list(pages):
        found = _incomplete(page, with_descendants)
        if found:
            refused.append(found)
            pages.remove(page)
    _say_what_was_refused(request, refused)
    return redirect(action.next_url) if refused and not pages else None


def _incomplete(page, with_descendants):
    """The first draft at or below ``page`` that lacks something, and what: ``(draft, missing)``."""
    drafts = [page]
    if with_descendants:
        drafts += page.get_descendants().not_live()
    for each in drafts:
        draft = each.get_latest_revision_as_object()
        if isinstance(draft, LanguagePageMixin):
            missing = missing_for_publication(draft)
            if missing:
                return draft, missing
    return None


def _say_what_was_refused(request, refused):
    for draft, missing in refused[:NAMED]:
        messages.error(
            request,
            _("“%(title)s” has not been published. %(missing)s")
            % {"title": draft.get_admin_display_title(), "missing": missing_in_words(missing)},
            buttons=[
                messages.button(reverse("wagtailadmin_pages:edit", args=(draft.pk,)), _("Edit"))
            ],
        )
    others = len(refused) - NAMED
    if others > 0:
        messages.error(
            request,
            ngettext(
                "%(count)s more page has not been published: something is missing in it.",
                "%(count)s more pages have not been published: something is missing in them.",
                others,
            )
            % {"count": others},
        )
