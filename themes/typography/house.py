"""The house style of a site: which French it prints, and the words of a page set in its way."""

from dataclasses import dataclass

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from articles.languages.available import default_language
from themes.appearance import settings_for
from themes.typography.conventions import FRANCE, SWITZERLAND, Conventions, conventions_for
from themes.typography.markup import set_html, set_text

#: The conventions that a site may choose for its French, by name.
FRENCH = {conventions.name: conventions for conventions in (FRANCE, SWITZERLAND)}


@dataclass(frozen=True)
class HouseStyle:
    """How a site sets its texts; a language is the one spoken now unless another is named."""

    french: Conventions = FRANCE

    def html(self, text, language=None):
        """A text or a piece of HTML, as HTML; what is not marked as safe is escaped first."""
        html = set_html(conditional_escape(text), self.conventions(language), self.french)
        return mark_safe(html)

    def text(self, text, language=None):
        """A text for a place without markup: a title, an attribute, a feed."""
        return set_text(text, self.conventions(language))

    def conventions(self, language=None):
        return conventions_for(language or get_language() or default_language(), self.french)


def house_style(request=None):
    """The style of the site that answers ``request``, the usual one where there is none."""
    settings = settings_for(request)
    return HouseStyle(FRENCH.get(settings.french_typography, FRANCE)) if settings else HouseStyle()
