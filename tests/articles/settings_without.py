"""The settings of the tests, without the application that the environment names."""

import os

from config.settings.test import *  # noqa: F403
from config.settings.test import INSTALLED_APPS, MIDDLEWARE

WITHOUT = os.environ["WITHOUT"]
#: The translation tools need polib as well.
WITH_IT = {"diptych.articles.interface_texts": ["diptych.articles.translation_tools"]}
INSTALLED_APPS = [
    each for each in INSTALLED_APPS if each not in (WITHOUT, *WITH_IT.get(WITHOUT, ()))
]
MIDDLEWARE = [each for each in MIDDLEWARE if not each.startswith(f"{WITHOUT}.")]
