"""A database with the tables of Wagtail alone, made once for its version and copied from then on.

Hosts begin with it, as sites do that have Wagtail before; what they bring they migrate themselves.
"""

import fcntl
import hashlib
import shutil
import sqlite3
import sys
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

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
    """Put the database at the path ``target``, as if ``language`` were that of the site; the path.

    Processes that ask at the same time wait for one of them to make it.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    original = FOLDER / f"wagtail-{_fingerprint()}.sqlite3"
    with open(FOLDER / "wagtail.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not original.exists():
            for outdated in FOLDER.glob("wagtail-*"):
                outdated.unlink()
            half_done = original.with_suffix(".new")
            done = run_python("-m", __name__, half_done, settings="")
            assert done.returncode == 0, done.stdout + done.stderr
            half_done.rename(original)
    shutil.copyfile(original, target)
    with closing(sqlite3.connect(target)) as copy, copy:
        copy.execute("UPDATE wagtailcore_locale SET language_code = ?", [language])
    return target


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
