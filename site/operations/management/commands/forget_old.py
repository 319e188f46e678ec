"""Delete personal data older than the limits in the settings."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from operations.privacy.retention import outdated


class Command(BaseCommand):
    """For a daily timer."""

    help = "Delete sessions that have ended, and data older than RETENTION_DAYS."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Only count it.")

    def handle(self, *args, dry_run, **options):
        for kind, querysets in outdated().items():
            count = 0
            for rows in querysets:
                count += rows.count()
                if not dry_run:
                    rows.delete()
            self.stdout.write(_("%(kind)s: %(count)s") % {"kind": kind, "count": count})
