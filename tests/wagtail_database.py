"""A database with the tables of Wagtail alone, made once for its version and copied from then on.

Hosts begin with it, as sites do that have Wagtail before; what they bring they migrate themselves.
"""

import hashlib
import shutil
import sqlite3
import sys
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from tests.made_once import made_once
from tests.programs import ROOT, run_python

FOLDER = ROOT / "var" / "test"

#: What every host lists, but for applications without tables.
APPLICATIONS = (
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
)


def copy_wagtail_database(target, language="en"):
    """Put the database at the path ``target``, for a site in ``language``; returns the path."""
    shutil.copyfile(made_once(FOLDER, "wagtail", _make, _fingerprint()), target)
    with closing(sqlite3.connect(target)) as copy, copy:
        copy.execute("UPDATE wagtailcore_locale SET language_code = ?", [language])
    return target


def _make(path):
    done = run_python("-m", __name__, path, settings="")
    assert done.returncode == 0, done.stdout + done.stderr


def _fingerprint():
    """A short digest of the versions of what brings the tables, and of this file."""
    packages = [f"{name} {version(name)}" for name in ("django", "wagtail", "django-taggit")]
    return hashlib.sha256(repr(packages).encode() + Path(__file__).read_bytes()).hexdigest()[:16]


def _migrate(path):
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": path}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=APPLICATIONS,
        LANGUAGE_CODE="en",
        STATIC_URL="/static/",
        USE_TZ=True,
        WAGTAIL_SITE_NAME="Hosts",
    )
    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    _migrate(sys.argv[1])
