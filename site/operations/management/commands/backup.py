"""`manage.py backup`: everything of the journal in one file, while it is used."""

from datetime import UTC, datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from operations.backup.archive import ArchiveReader, BadArchive
from operations.backup.making import make_backup
from operations.backup.restoring import faults_of
from operations.backup.retention import PERIODS, name_for, outdated
from operations.backup.stopping import cleaned_up_when_terminated, delete_abandoned


class Command(BaseCommand):
    @property
    def help(self):
        return _(
            "Write database, uploads and site texts into one file, and verify it. The site is used "
            "meanwhile."
        )

    def add_arguments(self, parser):
        parser.add_argument(
            "target", type=Path, help=_("A file, or a folder in which it is named by the time.")
        )
        for period in PERIODS:
            parser.add_argument(
                f"--keep-{period}",
                type=int,
                metavar="COUNT",
                help=_("In a folder: delete older backups, but for so many of this kind."),
            )

    @cleaned_up_when_terminated()
    def handle(self, *, target, verbosity=1, **options):
        keep = {period: count for period in PERIODS if (count := options[f"keep_{period}"])}
        path = self._path(target, keep)
        try:
            delete_abandoned(path.parent)
            about = make_backup(path)
            with ArchiveReader(path) as reader:
                faults = list(faults_of(reader))
        except (BadArchive, OSError) as error:
            raise CommandError(_("No backup was made: %s") % error) from error
        for fault in faults:
            self.stderr.write(fault)
        if len(faults) > len(about["missing"]):
            raise CommandError(_("The backup %s is damaged.") % path)
        if verbosity:
            said = _("Backup written and verified: %(path)s (%(size)s MB)")
            size = f"{path.stat().st_size / 1_000_000:.1f}"
            self.stdout.write(self.style.SUCCESS(said % {"path": path, "size": size}))
        if keep:
            self._delete_outdated(target, keep, verbosity)

    def _path(self, target, keep):
        """The file to write, which is not there yet."""
        if target.is_dir():
            return target / name_for(datetime.now(UTC))
        if keep:
            raise CommandError(_("To keep some backups, name a folder: %s is none.") % target)
        if target.exists():
            raise CommandError(_("There is a file %s already.") % target)
        if not target.parent.is_dir():
            raise CommandError(_("There is no folder %s.") % target.parent)
        return target

    def _delete_outdated(self, folder, keep, verbosity):
        for path in outdated(list(folder.iterdir()), keep):
            path.unlink()
            if verbosity:
                self.stdout.write(_("Deleted: %s") % path)
