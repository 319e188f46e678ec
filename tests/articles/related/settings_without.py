"""The settings of the tests without related articles."""

from config.settings.test import *  # noqa: F403
from config.settings.test import INSTALLED_APPS

INSTALLED_APPS = [each for each in INSTALLED_APPS if each != "articles.related"]
