"""The messages after publishing.

One names the languages in which a page has been published, in place of Wagtail's, which has none;
another names possible improvements.
"""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import AbstractPage

from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.models import Review, UnmovedBranch, handed_in
from diptych.articles.languages.permissions.policy import can
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.readiness.grading import grade
from diptych.articles.languages.routes.moving_branches import left_to_move

#: So many pages are named; the others are counted.
NAMED = 5


def missing_in_words(missing):
    """``{language: [sentence, …]}`` as running text."""
    return " ".join(
        _("%(language)s: %(problems)s")
        % {"language": language_heading(language), "problems": " ".join(problems)}
        for language, problems in missing.items()
    )


#: The number of remarks listed for each language; the rest is in the editor.
MOST_SENTENCES = 3


def advise(request, page, languages):
    """Add a message on possible improvements in ``languages`` of ``page``, if there are any."""
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


def tell_of_branch(request, page):
    """Add a message if the pages below ``page`` follow its new address in the background.

    None while it is saved automatically: the next screen would show one for each time.
    """
    branches = UnmovedBranch.objects.filter(page_id=page.pk).select_related("page")
    is_shown = page.numchild and request.accepts("text/html")
    branch = branches.first() if is_shown else None
    if branch is None:
        return
    _left, number = left_to_move(branch)
    message = _(
        "The addresses of the %(count)s pages below “%(title)s” change in the background. Until "
        "then they can be read at their old ones, which will redirect."
    )
    count = number_format(number, force_grouping=True)
    messages.info(request, message % {"count": count, "title": page.get_admin_display_title()})


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
        if isinstance(page, MultilingualPageMixin):
            public = page.stored()
            advise(request, public, public.live_languages)


def announce_languages(request, page, asked, edit_button=None):
    """Name those of the languages ``asked`` for in which readers see ``page``, with a link to each.

    Those in which it was live before, and has not been published now, are no news. The button
    back to the editor is for those who have left it.
    """
    edit_buttons = [edit_button] if edit_button else []
    live = page.live_languages
    published = [language for language in live if language in asked] or live
    values = {
        "title": page.get_admin_display_title(),
        "languages": MultilingualPageMixin.names_of(published),
    }
    if not live:
        message = _("The page has been saved, but readers see it in no language: %(title)s")
        messages.warning(request, message % values, buttons=edit_buttons)
        return
    if page.get_url_parts(request) is None:
        message = _(
            "The page is published in %(languages)s, but no site starts at it or above it, so"
            " nobody can read it: %(title)s"
        )
        messages.warning(request, message % values, buttons=edit_buttons)
        return
    buttons = [*_view_buttons(request, page, published), *edit_buttons]
    message = _("The page is now live in %(languages)s: %(title)s")
    messages.success(request, message % values, buttons=buttons)
    announce_others(request, page, published)


def _view_buttons(request, page, languages):
    return [
        messages.button(
            url, _("View in %(language)s") % {"language": translated_language_name(language)}
        )
        for language in languages
        if (url := page.url_in(language, request))
    ]


def announce_others(request, page, languages):
    """Name the pages that went live with ``page``, such as authors made of a name."""
    named = [
        _("%(title)s (%(languages)s)")
        % {
            "title": each.get_admin_display_title(),
            "languages": MultilingualPageMixin.names_of(codes),
        }
        for each, codes in page.published_along(languages)
    ]
    if named:
        messages.info(request, _("Now live with it: %(pages)s") % {"pages": ", ".join(named)})


def announce_approval(request, page, languages, has_shared_news):
    """Name the ``languages`` in which an approved ``page`` is live, and why others are not.

    Without any, it is said whether readers see something new of what all languages share.
    """
    public = page.stored()
    draft = public.get_latest_revision_as_object()
    if public.scheduled_revision:
        announce_schedule(request, public, {*public.live_languages, *languages})
    elif languages or not public.live_languages:
        announce_languages(request, public, languages)
    else:
        _announce_no_texts(request, public, has_shared_news)
    reasons = {
        code: _why_left_out(draft, code, request.user)
        for code in draft.languages_written()
        if code not in {*public.live_languages, *languages}
    }
    if reasons:
        message = _("Not published with it: %(reasons)s")
        edit_button = messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit"))
        messages.warning(
            request, message % {"reasons": missing_in_words(reasons)}, buttons=[edit_button]
        )


def _announce_no_texts(request, page, has_shared_news):
    """Say that the approval of a live ``page`` has changed its texts in no language."""
    message = _("Approved. Nothing new for readers: %(title)s")
    if has_shared_news:
        message = _("Approved. Readers see only changes that all languages share: %(title)s")
    buttons = _view_buttons(request, page, page.live_languages)
    messages.success(request, message % {"title": page.get_admin_display_title()}, buttons=buttons)


def _why_left_out(draft, language, user):
    """Why a language was not published by the approval of a workflow, as sentences."""
    if not can(user, "publish", language):
        return [_("You may not publish it.")]
    assignment = handed_in(draft, language)
    if assignment and assignment.review == Review.SUBMITTED:
        return [_("It waits for a review.")]
    return grade(draft, language).sentences or [_("Nobody has asked for its publication.")]


def announce_schedule(request, page, languages, edit_button=None):
    """Name the languages in which a page will be live at its date."""
    names = MultilingualPageMixin.names_of(
        code for code in available_languages() if code in languages
    )
    values = {"title": page.get_admin_display_title(), "languages": names}
    message = _("The page is scheduled, and will then be live in %(languages)s: %(title)s")
    messages.success(request, message % values, buttons=[edit_button] if edit_button else [])


def is_in_future(moment):
    return moment is not None and moment > timezone.now()
