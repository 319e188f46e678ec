"""The themes there are: each an entry here and a stylesheet of custom properties, nothing else.

An application adds one of its own when it is ready::

    from themes.registry import Theme, register_theme

    class NightShiftConfig(AppConfig):
        def ready(self):
            register_theme(Theme("night", _("Night shift"), "nightshift/theme.css"))
"""

import re
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

#: The theme of a site that has chosen none, or one that is no longer there.
DEFAULT = "gazette"
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_themes = {}


@dataclass(frozen=True)
class Theme:
    """``name`` is kept in the database and part of an address; ``stylesheet`` is a static file.

    ``label`` and ``description`` are what editors read where they choose.
    """

    name: str
    label: str
    stylesheet: str
    description: str = ""

    def __post_init__(self):
        if not NAME.fullmatch(self.name) or len(self.name) > 50:
            raise ImproperlyConfigured(
                f"“{self.name}” cannot name a theme: small letters, digits and single hyphens only."
            )


def register_theme(theme):
    """Offer ``theme`` to every site. One that is registered again replaces itself only."""
    there = _themes.setdefault(theme.name, theme)
    if there.stylesheet != theme.stylesheet:
        raise ImproperlyConfigured(f"There are two themes called “{theme.name}”.")
    _themes[theme.name] = theme


def theme_called(name):
    """The theme of that name, or the default one: a theme may go away, the journal stays."""
    return _themes.get(name) or _themes[DEFAULT]


def themes():
    """All themes, in the order they were registered."""
    return list(_themes.values())


def theme_choices():
    """What a form offers; a theme more or less needs no migration."""
    return [(theme.name, theme.label) for theme in themes()]
