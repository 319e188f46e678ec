"""Settings for development and for the demo: all files are written to `var/`."""

import os
from pathlib import Path

from config.environment import Environment, json_object, translation_machine

from .base import *  # noqa: F403
from .base import MIDDLEWARE, SQLITE_OPTIONS, VAR

#: Another folder than `var`, for a second journal.
VAR = Path(os.environ.get("DIPTYCH_VAR") or VAR).resolve()
VAR.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = VAR / "media"
STATIC_ROOT = VAR / "static"
DIPTYCH_IMPORTS_FOLDER = VAR / "imports"

DEBUG = True
SECRET_KEY = "insecure-development-key-that-must-never-leave-a-developers-machine"  # noqa: S105 for development only; production needs one of its own
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INTERNAL_IPS = ["127.0.0.1", "::1"]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "db.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
    }
}

MIDDLEWARE = [*MIDDLEWARE, "config.not_found.OwnNotFoundMiddleware"]

MAIL_TRANSPORT = DIPTYCH_NEWSLETTER_BACKEND = "django.core.mail.backends.console.EmailBackend"

# A machine that drafts translations, as on a server.
env = Environment()
DIPTYCH_TRANSLATION_MACHINE = {
    **(env.read("TRANSLATION_MACHINE", translation_machine, {}) or {}),
    "KEY": env.read("TRANSLATION_MACHINE_KEY", str, ""),
}
# Hints on spelling and grammar, as on a server.
DIPTYCH_SPELLING = env.read("SPELLING", json_object, {})
DIPTYCH_LANGUAGE_TOOL = env.read("LANGUAGE_TOOL", json_object, {})
env.check()

WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
