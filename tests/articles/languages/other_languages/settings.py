"""The journal in the languages that an environment variable names, separated by commas."""

import os

from config.settings.test import *  # noqa: F403

CODES = os.environ["JOURNAL_LANGUAGES"].split(",")
LANGUAGES = [(code, code) for code in CODES]
LANGUAGE_CODE = os.environ.get("JOURNAL_LANGUAGE_CODE", CODES[0])
MODELTRANSLATION_LANGUAGES = tuple(CODES)
MODELTRANSLATION_DEFAULT_LANGUAGE = CODES[0]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("JOURNAL_DATABASE", ":memory:"),
    }
}
