"""Delete for good what has been in the bin long enough."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.languages.bin.deleting import DAYS_KEPT, Gone, delete_for_good, expired


class Command(BaseCommand):
    """For a daily timer. Pages are removed from the bin one by one."""

    help = "Delete pages for good that have been in the bin for some days."

    def add_arguments(self, parser):
        parser.add_argument(
            "--days",
            type=int,
            default=DAYS_KEPT,
            help="How many days the bin keeps a page; 0 empties it (default: %(default)s).",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Only print what would be deleted."
        )

    def handle(self, *args, days, dry_run, **options):
        if days < 0:
            raise CommandError(_("The number of days cannot be negative."))
        count = 0
        for deleted in expired(days).defer("rows"):
            line = _("“%(title)s”, deleted on %(date)s") % {
                "title": deleted.title,
                "date": localtime(deleted.deleted_at).strftime("%Y-%m-%d %H:%M"),
            }
            if not dry_run:
                try:
                    delete_for_good(deleted)
                except Gone:
                    continue
            count += 1
            self.stdout.write(line)
        self.stdout.write(_summary(count, dry_run))


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
