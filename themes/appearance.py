"""The appearance of a page: a theme, and the colour that a journal puts in the theme's place."""

from dataclasses import dataclass

from wagtail.models import Site

from themes.accents import accent_of
from themes.registry import DEFAULT, Theme, theme_called


@dataclass(frozen=True)
class Appearance:
    """All that a stylesheet depends on. ``accent`` is ``(light, dark)``, or empty: the theme's."""

    theme: Theme
    accent: tuple = ()


def settings_for(request):
    """The :class:`AppearanceSettings` of the site of ``request``; ``None`` where there is none.

    The settings of the journal are fetched along and kept for their own ``for_request``.
    """
    from themes.models import AppearanceSettings

    if request is None or Site.find_for_request(request) is None:
        return None
    settings = AppearanceSettings.for_request(request)
    journal = getattr(settings.site, "journalsettings", None)
    if journal and not hasattr(request, journal.get_cache_attr_name()):
        setattr(request, journal.get_cache_attr_name(), journal)
    return settings


def appearance_for(request):
    """The :class:`Appearance` of what answers ``request``, the default one without a site."""
    settings = settings_for(request)
    if settings is None:
        return Appearance(theme_called(DEFAULT))
    theme = theme_called(settings.theme)
    return Appearance(theme, accent_of(theme, settings.accent_light, settings.accent_dark))
