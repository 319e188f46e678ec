"""Writing of a backup while the site is used."""

import platform
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import django
import wagtail
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from diptych.articles.interface_texts.site_catalogues import catalogues_in
from operations.backup.archive import MEDIA, TEXTS, new_archive
from operations.backup.databases import current_database
from operations.stored_files import stored_names


def make_backup(path):
    """Write a backup to ``path``; returns its manifest without the files.

    Uploads are copied before the database; new or changed ones again after it. So every file named
    in the snapshot is included, even if it was added or deleted meanwhile.
    """
    database = current_database()
    with new_archive(path) as writer:
        copied = _copy_uploads(writer, {})
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".diptych-backup-") as folder:
            with database.snapshot(folder) as snapshot:
                about = _about(snapshot)
                names = snapshot.file_names()
            with open(snapshot.dump, "rb") as dump:
                writer.add(database.name, dump, compress=not database.is_compressed)
        _copy_uploads(writer, copied)
        _copy_texts(writer)
        about["missing"] = sorted(name for name in names if f"{MEDIA}{name}" not in writer.files)
        writer.finish(about)
    return about


def _copy_uploads(writer, copied):
    """Add new and changed uploads; ``copied`` maps names to the versions added before."""
    found = {}
    for name in stored_names():
        found[name] = _version_of(name)
        if name in copied and copied[name] == found[name]:
            continue
        try:
            with default_storage.open(name) as source:
                writer.add(f"{MEDIA}{name}", source)
        except FileNotFoundError:
            # Deleted since the folder was listed, and so were its rows.
            continue
    return found


def _version_of(name):
    """The version of a file: in a folder its size and time, in a bucket only its name."""
    try:
        status = Path(default_storage.path(name)).stat()
    except (NotImplementedError, FileNotFoundError):
        return None
    return status.st_size, status.st_mtime_ns


def _copy_texts(writer):
    for language, _name in settings.LANGUAGES:
        for catalogue in catalogues_in(language):
            with open(catalogue.path, "rb") as source:
                name = f"{TEXTS}{language}/{catalogue.number}-{catalogue.path.name}"
                writer.add(name, source, compress=True)


def _about(snapshot):
    """The entries of the manifest about the site at the time of the snapshot."""
    applied = {}
    for application, name in sorted(MigrationRecorder(connection).applied_migrations()):
        applied.setdefault(application, []).append(name)
    return {
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "site": settings.WAGTAILADMIN_BASE_URL,
        "languages": [code for code, _name in settings.LANGUAGES],
        "database": connection.vendor,
        "versions": {
            "database": snapshot.version,
            "django": django.get_version(),
            "python": platform.python_version(),
            "wagtail": wagtail.__version__,
        },
        "migrations": applied,
        "rows": snapshot.rows(),
    }
