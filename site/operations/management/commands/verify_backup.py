"""`manage.py verify_backup`: whether backups could be restored."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from operations.backup.archive import ArchiveReader, BadArchive
from operations.backup.restoring import faults_of, obstacles
from operations.backup.retention import time_of


class Command(BaseCommand):
    @property
    def help(self):
        return _(
            "Compare backups with their checksums, look into their databases, and say whether they "
            "can be restored here."
        )

    def add_arguments(self, parser):
        parser.add_argument(
            "targets", type=Path, nargs="+", help=_("Files, or folders for the newest of each.")
        )

    def handle(self, *, targets, **options):
        is_good = True
        for path in map(self._file, targets):
            faults = self._faults(path)
            for fault in faults:
                self.stderr.write(f"{path}: {fault}")
            if not faults:
                self.stdout.write(self.style.SUCCESS(_("%s can be restored.") % path))
            is_good &= not faults
        if not is_good:
            raise CommandError(_("Not all backups can be restored."))

    def _file(self, target):
        if not target.is_dir():
            return target
        backups = [path for path in target.iterdir() if time_of(path)]
        if not backups:
            raise CommandError(_("There is no backup in %s.") % target)
        return max(backups, key=time_of)

    def _faults(self, path):
        try:
            with ArchiveReader(path) as reader:
                return [*faults_of(reader), *obstacles(reader.manifest)]
        except (BadArchive, OSError) as error:
            return [str(error)]
