"""Settings for the tests."""

import atexit
import os
import shutil
import tempfile

import dj_database_url

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, POSTGRESQL_APP, POSTGRESQL_OPTIONS, SQLITE_OPTIONS, VAR

SECRET_KEY = "insecure-key-for-tests"  # noqa: S105 for tests only
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WAGTAILADMIN_BASE_URL = "http://testserver"

# A file, so that the threads of a live server share it and `--reuse-db` works; each worker of
# pytest-xdist appends its name. Browser tests empty the tables when they end: give them a name of
# their own before reusing a database.

#: The name of the database of tests, where two runs share a checkout; `main` by default.
TEST_DATABASE = VAR / "test" / f"{os.environ.get('DIPTYCH_TEST_DATABASE', 'main')}.sqlite3"
TEST_DATABASE.parent.mkdir(parents=True, exist_ok=True)

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": TEST_DATABASE,
        "OPTIONS": {
            **SQLITE_OPTIONS,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
            # Making a page takes more statements than SQLite keeps by default, each parsed anew.
            "cached_statements": 1000,
        },
        "TEST": {"NAME": TEST_DATABASE},
    }
}

#: The URL of another database for tests; `make test-postgresql` starts one and sets it.
if os.environ.get("DIPTYCH_TEST_DATABASE_URL"):
    DATABASES = {"default": dj_database_url.config("DIPTYCH_TEST_DATABASE_URL")}
    DATABASES["default"]["OPTIONS"] = POSTGRESQL_OPTIONS
    INSTALLED_APPS = [*INSTALLED_APPS, POSTGRESQL_APP]

# Tasks run at once, without threads.
TASKS = {"default": {"BACKEND": "operations.background.RequestBackend"}}

DIPTYCH_NEWSLETTER_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

MEDIA_ROOT = tempfile.mkdtemp(prefix="diptych-media-")
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
