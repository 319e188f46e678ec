"""The ways to the translating view from a page and from lists of pages."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from articles.languages.admin.side_by_side.access import languages_to_translate
from articles.languages.available import translated_language_name
from articles.languages.pages import LanguagePageMixin


def header_buttons(page, user, view_name, next_url=None):
    """For ``register_page_header_buttons``."""
    yield from _buttons(page, user)


def listing_buttons(page, user, next_url=None):
    """For ``register_page_listing_more_buttons``."""
    yield from _buttons(page, user)


def _buttons(page, user):
    if not isinstance(page, LanguagePageMixin) or page.alias_of_id:
        return
    if not page.permissions_for_user(user).can_edit():
        return
    for language in languages_to_translate(user, page):
        name = {"language": translated_language_name(language)}
        yield Button(
            _("Translate into %(language)s") % name,
            reverse("diptych_translate", args=(page.pk, language)),
            icon_name="globe",
            priority=12,
        )
