"""What an editor is told after publishing: in which languages the page has been published.

One message says all. Wagtail's own, which knows nothing of languages, would say half of it again.
"""

from contextlib import contextmanager

from django.contrib.messages import WARNING, get_level, set_level
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from articles.languages.available import available_languages, translated_language_name
from articles.languages.pages import LanguagePageMixin


@contextmanager
def messages_from(request, level):
    """Within it, messages to ``request`` that matter less than ``level`` are not kept."""
    before = get_level(request)
    set_level(request, level)
    try:
        yield
    finally:
        set_level(request, before)


class OneAnnouncementMixin:
    """Publish without Wagtail's message of success; hooks are heard all the same."""

    is_answered_by_hook = False

    def publish_in_silence(self, publish):
        """Call ``publish`` of this view and say nothing of its success."""
        self.usual_level = get_level(self.request)
        with messages_from(self.request, WARNING):
            return publish()

    def run_hook(self, hook_name, *args, **kwargs):
        with messages_from(self.request, getattr(self, "usual_level", None)):
            answer = super().run_hook(hook_name, *args, **kwargs)
        if answer is not None and hook_name in ("before_publish_page", "after_publish_page"):
            self.is_answered_by_hook = True
        return answer


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
