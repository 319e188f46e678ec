"""The host, with pages of other types translated by wagtail-localize."""

from enginehost.settings import *  # noqa: F403
from enginehost.settings import INSTALLED_APPS, LANGUAGES

INSTALLED_APPS = [*INSTALLED_APPS, "wagtail_localize", "wagtail_localize.locales"]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
