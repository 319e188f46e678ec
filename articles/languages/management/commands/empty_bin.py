"""Delete entries of the bin for good after their time."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diptych.articles.languages.bin.deleting import DAYS_KEPT, Gone, delete_for_good, expired
from diptych.articles.languages.bin.files import delete_file_for_good, expired_files


class Command(BaseCommand):
    """For a daily timer. Pages, images and documents are removed from the bin one by one."""

    help = "Delete for good what has been in the bin for some days: pages, images and documents."

    def add_arguments(self, parser):
        parser.add_argument(
            "--days",
            type=int,
            default=DAYS_KEPT,
            help="How many days the bin keeps something; 0 empties it (default: %(default)s).",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Only print what would be deleted."
        )

    def handle(self, *args, days, dry_run, **options):
        if days < 0:
            raise CommandError(_("The number of days cannot be negative."))
        pages = self._empty(expired(days).defer("rows"), delete_for_good, dry_run)
        files = self._empty(expired_files(days), delete_file_for_good, dry_run)
        self.stdout.write(_summary(pages, dry_run))
        if files:
            self.stdout.write(_summary_of_files(files, dry_run))

    def _empty(self, stored, delete, is_dry_run):
        """Delete the entries ``stored`` for good and report it; return their number."""
        count = 0
        for deleted in stored:
            line = _("“%(title)s”, deleted on %(date)s") % {
                "title": deleted.title,
                "date": localtime(deleted.deleted_at).strftime("%Y-%m-%d %H:%M"),
            }
            if not is_dry_run:
                try:
                    delete(deleted)
                except Gone:
                    continue
            count += 1
            self.stdout.write(line)
        return count


def _summary(count, is_dry_run):
    if is_dry_run:
        message = ngettext(
            "%(count)s page would be deleted for good.",
            "%(count)s pages would be deleted for good.",
            count,
        )
    else:
        message = ngettext(
            "%(count)s page deleted for good.", "%(count)s pages deleted for good.", count
        )
    return message % {"count": count}


def _summary_of_files(count, is_dry_run):
    if is_dry_run:
        message = ngettext(
            "%(count)s image or document would be deleted for good.",
            "%(count)s images and documents would be deleted for good.",
            count,
        )
    else:
        message = ngettext(
            "%(count)s image or document deleted for good.",
            "%(count)s images and documents deleted for good.",
            count,
        )
    return message % {"count": count}
