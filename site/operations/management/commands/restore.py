"""`manage.py restore`: a backup put in place, on an empty machine or over a site."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from operations.backup.archive import ArchiveReader, BadArchive
from operations.backup.restoring import faults_of, has_content, obstacles, restore
from operations.backup.stopping import cleaned_up_when_terminated


class Command(BaseCommand):
    @property
    def help(self):
        return _("Put database, uploads and site texts of a backup in place. Stop the site before.")

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help=_("Write over a site that has content.")
        )

        parser.add_argument(
            "--revoke-tokens", action="store_true", help=_("Revoke all tokens for the API.")
        )

    @cleaned_up_when_terminated()
    def handle(self, *, file, replace=False, revoke_tokens=False, **options):
        try:
            with ArchiveReader(file) as reader:
                self._restore(reader, replace, revoke_tokens)
        except (BadArchive, OSError) as error:
            raise CommandError(_("Not restored: %s") % error) from error

    def _restore(self, reader, replace, revoke_tokens):
        missing = len(reader.manifest["missing"])
        faults = list(faults_of(reader))
        if len(faults) > missing:
            raise BadArchive("\n".join(faults))
        if reasons := list(obstacles(reader.manifest)):
            raise BadArchive("\n".join(reasons))
        if has_content() and not replace:
            raise BadArchive(
                _("This site has pages, accounts or uploads. Add --replace to write over them.")
            )
        if differences := restore(reader, revoke_tokens):
            raise BadArchive("\n".join(differences))
        said = _("Restored as it was at %s. Now run “migrate”, then start the site.")
        self.stdout.write(self.style.SUCCESS(said % reader.manifest["created"]))
        self.stdout.write(
            _(
                "Sessions have ended, and waiting e-mails are given up. Accounts, passwords, "
                "factors and tokens are those of the backup: look at what changed since."
            )
        )
        for fault in faults:
            self.stderr.write(fault)
