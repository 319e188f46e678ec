"""What could be better in a page that has been published, said to whoever published it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import AbstractPage

from articles.languages.admin.completeness import NAMED, missing_in_words
from articles.languages.pages import LanguagePageMixin

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
