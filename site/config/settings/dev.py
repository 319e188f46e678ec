"""Settings for a developer's machine and for the demo: everything is written to `var/`."""

from .base import *  # noqa: F403
from .base import SQLITE_OPTIONS, VAR

DEBUG = True
SECRET_KEY = "insecure-development-key-that-must-never-leave-a-developers-machine"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INTERNAL_IPS = ["127.0.0.1", "::1"]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "db.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
    }
}

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
WAGTAILADMIN_BASE_URL = "http://localhost:8000"
