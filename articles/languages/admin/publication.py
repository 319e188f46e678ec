"""What editors are told when they publish, and what keeps them from it.

The editor's form checks what its buttons publish. A selection of pages in a list, and a
moderator's approval, publish drafts that nobody has looked at since they were saved: these are
checked here. One message says in which languages a page has been published, in place of Wagtail's,
which knows nothing of languages; another says what could be better.
"""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import AbstractPage

from articles.languages.admin.states import language_heading
from articles.languages.available import available_languages, translated_language_name
from articles.languages.grading import grade
from articles.languages.pages import LanguagePageMixin

#: So many pages are named; the others are counted.
NAMED = 5


def missing_for_publication(draft):
    """What keeps ``draft`` from being published as it is: ``{language: [sentence, …]}``.

    Looks at the languages in which readers would read something new.
    """
    gradings = [grade(draft, language) for language in draft.languages_to_change()]
    return {each.language: each.sentences for each in gradings if each.sentences}


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


#: So much is said of each language; the rest is in the editor.
MOST_SENTENCES = 3


def advise(request, page, languages):
    """Say what could be better in ``languages`` of ``page``, if anything."""
    found = {code: [text for _field, text in page.publication_advice(code)] for code in languages}
    found = {code: _the_first(sentences) for code, sentences in found.items() if sentences}
    if found:
        messages.warning(
            request,
            _("The picture texts of “%(title)s” could be better. %(advice)s")
            % {"title": page.get_admin_display_title(), "advice": missing_in_words(found)},
            buttons=[
                messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit"))
            ],
        )


def _the_first(sentences):
    """A few sentences, and how many more there are."""
    others = len(sentences) - MOST_SENTENCES
    if others < 1:
        return sentences
    more = ngettext("And %(count)s more.", "And %(count)s more.", others) % {"count": others}
    return [*sentences[:MOST_SENTENCES], more]


def advise_on_selection(request, action_type, pages, action):
    """The same for pages that were published from a list, for the first few.

    Registered for ``after_bulk_action``.
    """
    if action_type != "publish" or not issubclass(action.model, AbstractPage):
        return
    for published in list(pages)[:NAMED]:
        page = published.specific
        if isinstance(page, LanguagePageMixin):
            public = page.stored()
            advise(request, public, public.live_languages)


def announce_languages(request, page, asked, edit_button):
    """Name those of the languages ``asked`` for in which readers see ``page``, with a link to each.

    Those in which it was live before, and has not been published now, are no news.
    """
    live = page.live_languages
    published = [language for language in live if language in asked] or live
    values = {
        "title": page.get_admin_display_title(),
        "languages": LanguagePageMixin.names_of(published),
    }
    if not live:
        message = _("The page has been saved, but readers see it in no language: %(title)s")
        messages.warning(request, message % values, buttons=[edit_button])
        return
    buttons = [
        messages.button(
            page.url_in(language, request),
            _("View in %(language)s") % {"language": translated_language_name(language)},
        )
        for language in published
        if page.url_in(language, request)
    ]
    message = _("The page is now live in %(languages)s: %(title)s")
    messages.success(request, message % values, buttons=[*buttons, edit_button])


def announce_schedule(request, page, languages, edit_button):
    """Name the languages in which a page will be live at its date."""
    names = LanguagePageMixin.names_of(code for code in available_languages() if code in languages)
    values = {"title": page.get_admin_display_title(), "languages": names}
    message = _("The page is scheduled, and will then be live in %(languages)s: %(title)s")
    messages.success(request, message % values, buttons=[edit_button])


def is_in_future(moment):
    return moment is not None and moment > timezone.now()
