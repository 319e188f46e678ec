"""Settings of the server that the browser tests talk to: a process and a database of its own.

A live server inside the test process would empty the tables the other tests stand on.
"""

import os
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import MIDDLEWARE, SQLITE_OPTIONS, TEMPLATES
from tests import hostbases

FOLDER = Path(os.environ["DIPTYCH_E2E_FOLDER"])

SECRET_KEY = "insecure-key-for-tests"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / "e2e.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
    }
}
MEDIA_ROOT = FOLDER / "media"

# Static files and uploads are served by whitenoise, as nothing stands before this server.
MIDDLEWARE = [MIDDLEWARE[0], "whitenoise.middleware.WhiteNoiseMiddleware", *MIDDLEWARE[1:]]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ROOT_URLCONF = "tests.e2e.urls"

# `tests/e2e/test_host_base.py` has the same journal in the base template of a host as well.
if os.environ.get("DIPTYCH_E2E_HOST"):
    DIPTYCH_BASE_TEMPLATE = hostbases.AGENCY
    TEMPLATES = [{**each, "DIRS": [hostbases.TEMPLATES]} for each in TEMPLATES]
    STATICFILES_DIRS = [hostbases.STATIC]

# `tests/e2e/test_offline.py` has a journal that has turned it off.
DIPTYCH_OFFLINE_READING = "DIPTYCH_E2E_WITHOUT_OFFLINE" not in os.environ

# `tests/e2e/test_machine_draft.py` has a machine on this computer.
if os.environ.get("DIPTYCH_E2E_MACHINE"):
    DIPTYCH_TRANSLATION_MACHINE = {
        "PROVIDER": "libretranslate",
        "URL": os.environ["DIPTYCH_E2E_MACHINE"],
        "PRICE": 20,
    }
