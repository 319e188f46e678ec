"""The registry of themes; each has an entry here and a stylesheet of custom properties.

An application registers its own theme in ``ready``::

    from diptych.themes.look.registry import Theme, register_theme

    class NightShiftConfig(AppConfig):
        def ready(self):
            register_theme(Theme("night", _("Night shift"), "nightshift/theme.css"))
"""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured

#: The theme of new sites, and of those whose theme is no longer registered.
DEFAULT = "gazette"
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_themes = {}


@dataclass(frozen=True)
class Theme:
    """``name`` is stored and part of URLs; ``stylesheet`` is the path of a static file.

    ``label`` and ``description`` are displayed in the appearance settings. ``layouts`` are the
    widths of pictures that differ from ``diptych.themes.pictures.slots.DEFAULT_LAYOUTS``.
    ``fonts`` are static files of ``@font-face`` rules, for typefaces that the site serves;
    ``preload`` those files of them that the first screen of every page needs.
    """

    name: str
    label: str
    stylesheet: str
    description: str = ""
    layouts: dict = field(default_factory=dict, hash=False)
    fonts: tuple = ()
    preload: tuple = ()

    def __post_init__(self):
        if not NAME.fullmatch(self.name) or len(self.name) > 50:
            raise ImproperlyConfigured(
                f"“{self.name}” cannot name a theme: small letters, digits and single hyphens only."
            )


def register_theme(theme):
    """Add ``theme``. It may be registered again, but its name not for another stylesheet."""
    there = _themes.setdefault(theme.name, theme)
    if there.stylesheet != theme.stylesheet:
        raise ImproperlyConfigured(f"There are two themes called “{theme.name}”.")
    _themes[theme.name] = theme


def get_theme(name):
    """The theme of that name; the default if it is not registered."""
    return _themes.get(name) or _themes[DEFAULT]


def themes():
    """All themes in order of registration."""
    return list(_themes.values())


def theme_choices():
    """The choices of the form field; a callable, so that a new theme needs no migration."""
    return [(theme.name, theme.label) for theme in themes()]
