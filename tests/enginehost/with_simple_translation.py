"""The host, with pages of other types in a tree for each locale of Wagtail's."""

from enginehost.settings import *  # noqa: F403
from enginehost.settings import INSTALLED_APPS, LANGUAGES

INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.locales", "wagtail.contrib.simple_translation"]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = True
