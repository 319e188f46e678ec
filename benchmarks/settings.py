"""The site's own settings, with a database and files that nothing of a run outlives.

Applications, middleware, SQLite's options and search are those of the site. `DEBUG` is off, so
templates are cached as they are on a server.
"""

import os
from pathlib import Path

import dj_database_url

from config.settings.base import *  # noqa: F403
from config.settings.base import (
    INSTALLED_APPS,
    POSTGRESQL_APP,
    POSTGRESQL_OPTIONS,
    SQLITE_OPTIONS,
)

FOLDER = Path(os.environ["DIPTYCH_BENCHMARK_FOLDER"])

DEBUG = False
SECRET_KEY = "insecure-key-for-benchmarks"
ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WAGTAILADMIN_BASE_URL = "http://testserver"

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.stock.apps.StockConfig"]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / "benchmark.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
    }
}
# Another database than SQLite, as a URL; `benchmarks/search.py` starts one and names it.
if os.environ.get("DIPTYCH_BENCHMARK_DATABASE_URL"):
    DATABASES = {"default": dj_database_url.config("DIPTYCH_BENCHMARK_DATABASE_URL")}
    DATABASES["default"]["OPTIONS"] = POSTGRESQL_OPTIONS
    INSTALLED_APPS = [*INSTALLED_APPS, POSTGRESQL_APP]
MEDIA_ROOT = FOLDER / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# What goes wrong in the server process is written to its log, which the benchmark reads.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "ERROR"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
