"""The settings of the tests without the site texts."""

from config.settings.test import *  # noqa: F403
from config.settings.test import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [each for each in INSTALLED_APPS if each != "articles.interface_texts"]
MIDDLEWARE = [each for each in MIDDLEWARE if "interface_texts" not in each]
