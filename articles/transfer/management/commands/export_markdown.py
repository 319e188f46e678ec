"""`manage.py export_markdown DIR` writes the journal as a folder of Markdown."""

import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from tqdm import tqdm

from diptych.articles.transfer.export_folder import FolderInUse
from diptych.articles.transfer.markdown.exporting import Exporter
from diptych.articles.transfer.sites import chosen_site


class Command(BaseCommand):
    """Writes public contents; with ``--drafts`` all others as well."""

    @property
    def help(self):
        return _("Write the journal as a folder of Markdown, with its images and documents.")

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", help=_("a new or empty folder, or one that an export has written")
        )
        parser.add_argument("--site", help=_("the host of the site; the default one without it"))
        parser.add_argument(
            "--drafts",
            action="store_true",
            help=_("also drafts, private pages, and images and documents that no page shows"),
        )

    def handle(self, *args, folder, site, drafts, **options):
        exporter = Exporter(folder, chosen_site(site), with_drafts=drafts, progress=self.progress)
        try:
            result = exporter.export()
        except FolderInUse as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(
                _("“%(folder)s” cannot be written: %(error)s") % {"folder": folder, "error": error}
            ) from None
        for model, number in result.counts.items():
            kind = capfirst(model._meta.verbose_name_plural)
            self.stdout.write(_("%(kind)s: %(count)s") % {"kind": kind, "count": number})
        for each in result.left_out:
            self.stdout.write(_("left out: %(what)s") % {"what": each})

    def progress(self, label, items):
        """``items`` with a progress bar, on a terminal."""
        return tqdm(items, desc=label) if sys.stderr.isatty() else items
