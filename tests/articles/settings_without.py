"""The settings of the tests, without the application that the environment names."""

import os

from config.settings.test import *  # noqa: F403
from config.settings.test import INSTALLED_APPS, MIDDLEWARE

WITHOUT = os.environ["WITHOUT"]
INSTALLED_APPS = [each for each in INSTALLED_APPS if each != WITHOUT]
MIDDLEWARE = [each for each in MIDDLEWARE if not each.startswith(f"{WITHOUT}.")]
