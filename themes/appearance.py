"""The appearance of a page: its theme and its accent colours."""

from dataclasses import dataclass

from wagtail.models import Site

from diptych.themes.look.accents import accent_of
from diptych.themes.look.registry import DEFAULT, Theme, get_theme


@dataclass(frozen=True)
class Appearance:
    """The inputs of a stylesheet. ``accent`` is ``(light, dark)``; empty for the theme's."""

    theme: Theme
    accent: tuple = ()


def settings_for(request):
    """The :class:`AppearanceSettings` of the site of ``request``; ``None`` without a site."""
    from diptych.themes.models import AppearanceSettings

    if request is None or Site.find_for_request(request) is None:
        return None
    return AppearanceSettings.for_request(request)


def theme_for(request):
    """The theme of the site of ``request``; the default without a site."""
    settings = settings_for(request)
    return get_theme(settings.theme if settings else DEFAULT)


def appearance_for(request):
    """The :class:`Appearance` of the site of ``request``; the default without a site."""
    settings, theme = settings_for(request), theme_for(request)
    if settings is None:
        return Appearance(theme)
    return Appearance(theme, accent_of(theme, settings.accent_light, settings.accent_dark))
