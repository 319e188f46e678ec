"""What an editor is told after publishing: in which languages the page is live now."""

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from articles.languages.available import available_languages, translated_language_name
from articles.languages.pages import LanguagePageMixin


def announce_languages(request, page):
    """Name the languages in which readers see ``page``, with a link to each."""
    live = page.live_languages
    if not live:
        return
    buttons = [
        messages.button(
            page.url_in(language, request),
            _("View in %(language)s") % {"language": translated_language_name(language)},
        )
        for language in live
        if page.url_in(language, request)
    ]
    names = LanguagePageMixin.names_of(live)
    messages.info(request, _("Live now in %(languages)s.") % {"languages": names}, buttons=buttons)


def announce_schedule(request, languages):
    """Name the languages in which a page will be live at its date."""
    names = LanguagePageMixin.names_of(code for code in available_languages() if code in languages)
    messages.info(request, _("It will then be live in %(languages)s.") % {"languages": names})


def is_in_future(moment):
    return moment is not None and moment > timezone.now()
