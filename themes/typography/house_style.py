"""The house style of a site: its conventions of French, applied to texts and HTML."""

from dataclasses import dataclass

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from diptych.articles.languages.config.language_config import default_language
from diptych.themes.appearance import settings_for
from diptych.themes.typography.characters import NARROW, NO_BREAK
from diptych.themes.typography.conventions import (
    FRANCE,
    SWITZERLAND,
    Conventions,
    conventions_for,
    with_space_inside,
)
from diptych.themes.typography.markup import typeset_html, typeset_text

#: The conventions of French a site can choose, by name.
FRENCH = {conventions.name: conventions for conventions in (FRANCE, SWITZERLAND)}
#: The spaces inside guillemets a site can choose, by name.
SPACES_INSIDE = {"narrow": NARROW, "word": NO_BREAK}


@dataclass(frozen=True)
class HouseStyle:
    """Applies the typographic conventions of a site; the default language is the active one."""

    french: Conventions = FRANCE

    def html(self, text, language=None):
        """``text`` as HTML; unless it is marked as safe, it is escaped first."""
        html = typeset_html(conditional_escape(text), self.conventions(language), self.french)
        return mark_safe(html)  # noqa: S308 escaped above unless it was safe

    def text(self, text, language=None):
        """``text`` without markup, for titles, attributes and feeds."""
        return typeset_text(text, self.conventions(language))

    def conventions(self, language=None):
        return conventions_for(language or get_language() or default_language(), self.french)


def house_style(request=None):
    """The :class:`HouseStyle` of the site of ``request``; the default without a site."""
    return _style(settings_for(request))


def house_style_of(site):
    """The :class:`HouseStyle` of ``site``."""
    from diptych.themes.models import AppearanceSettings

    return _style(AppearanceSettings.for_site(site))


def _style(settings):
    if settings is None:
        return HouseStyle()
    french = FRENCH.get(settings.french_typography, FRANCE)
    return HouseStyle(
        with_space_inside(french, SPACES_INSIDE.get(settings.guillemet_space, NARROW))
    )
