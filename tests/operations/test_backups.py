"""The file of a backup, and which backups are kept."""

import os
import signal
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from wagtail.models import APIToken

from operations.backup.archive import ArchiveReader, BadArchive, new_archive
from operations.backup.restoring import end_access
from operations.backup.retention import name_for, outdated, time_of
from operations.backup.stopping import cleaned_up_when_terminated, delete_abandoned
from operations.mail.models import OutgoingMail

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "backup.zip"
    with new_archive(path) as writer:
        writer.add("media/a.txt", BytesIO(b"before"))
        writer.add("media/a.txt", BytesIO(b"a" * 100))
        writer.add("database.dump", BytesIO(b"rows"), compress=True)
        writer.finish({"missing": []})
    return path


def test_what_was_written_is_read(archive):
    with ArchiveReader(archive) as reader:
        assert list(reader.faults()) == []
        assert reader.names("media/") == ["a.txt"]
        assert reader.open("media/a.txt").read() == b"a" * 100
    assert archive.stat().st_mode & 0o077 == 0
    assert list(archive.parent.iterdir()) == [archive]


def test_each_changed_byte_of_a_file_is_found(archive):
    content = archive.read_bytes()
    begin = content.index(b"a" * 100)
    for place in range(begin, begin + 100, 33):
        archive.write_bytes(content[:place] + b"b" + content[place + 1 :])
        with ArchiveReader(archive) as reader:
            assert [fault for fault in reader.faults() if "media/a.txt" in fault]


@pytest.mark.parametrize("kept", [0, 10, 200])
def test_what_is_cut_off_is_no_backup(archive, kept):
    archive.write_bytes(archive.read_bytes()[:kept])
    with pytest.raises(BadArchive):
        ArchiveReader(archive)


def test_nothing_is_left_of_a_backup_that_fails(tmp_path):
    with pytest.raises(OSError), new_archive(tmp_path / "backup.zip") as writer:
        writer.add("media/a.txt", BytesIO(b"a"))
        raise OSError
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_of_a_backup_that_is_terminated(tmp_path):
    before = signal.getsignal(signal.SIGTERM)
    with (
        pytest.raises(SystemExit) as ended,
        cleaned_up_when_terminated(),
        new_archive(tmp_path / "backup.zip") as writer,
    ):
        writer.add("media/a.txt", BytesIO(b"a"))
        os.kill(os.getpid(), signal.SIGTERM)
    assert ended.value.code == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) == before


def test_what_was_killed_long_ago_is_deleted(tmp_path):
    old, new = NOON.timestamp() - 10**6, None
    for name, changed in {"1": old, "2": new}.items():
        folder, part = tmp_path / f".diptych-backup-{name}", tmp_path / f".diptych-{name}.zip.part"
        folder.mkdir()
        for path in (folder / "database.sqlite3", part, tmp_path / f"diptych-{name}.zip"):
            path.touch()
            os.utime(path, changed and (changed, changed))
        os.utime(folder, changed and (changed, changed))
    delete_abandoned(tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {".diptych-backup-2", ".diptych-2.zip.part", "diptych-1.zip", "diptych-2.zip"}


def backups_of(days):
    """The names of a backup a day, newest first."""
    return [Path(name_for(NOON - timedelta(days=day))) for day in range(days)]


def kept_of(days, **keep):
    gone = outdated(backups_of(days), keep)
    return [(NOON - time_of(path)).days for path in backups_of(days) if path not in gone]


def test_the_last_backup_of_each_period_is_kept():
    # The day is a Friday: the weeks before it end 5, 12 and 19 days earlier, the month 27 days.
    assert kept_of(100, daily=3) == [0, 1, 2]
    assert kept_of(100, weekly=4) == [0, 5, 12, 19]
    assert kept_of(100, monthly=3) == [0, 27, 58]
    assert kept_of(100, daily=2, weekly=2, monthly=2) == [0, 1, 5, 27]


def test_the_newest_backup_and_other_files_are_kept():
    newest, *_others = backups_of(3)
    other = Path("notes.zip")
    assert outdated([newest, other], {"daily": 0}) == []
    assert time_of(other) is None


@pytest.mark.django_db
def test_a_restored_database_lets_nobody_in_and_sends_no_old_mail(django_user_model):
    user = django_user_model.objects.create_user("ana")
    Session.objects.create(session_key="a", session_data="", expire_date=NOON)
    OutgoingMail.objects.create(message={}, recipients="a@b.example")
    token = APIToken.objects.create(user=user, name="a", key_hash="a", prefix="a")
    end_access()
    token.refresh_from_db()
    assert not Session.objects.exists()
    assert OutgoingMail.objects.given_up().count() == 1
    assert token.revoked_at is None
    end_access(revoke_tokens=True)
    token.refresh_from_db()
    assert token.revoked_at is not None
