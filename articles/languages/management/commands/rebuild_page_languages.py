from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from diptych.articles.languages.publication.rebuilding import outdated_pages, rebuild


class Command(BaseCommand):
    help = "Write the addresses and the live state of every page in every language anew."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="Only say which pages are out of date."
        )

    def handle(self, *args, check=False, verbosity=1, **options):
        if check:
            report_outdated(self, outdated_pages())
            return
        corrected = done = 0
        for done, (page, is_corrected) in enumerate(rebuild(), start=1):
            corrected += is_corrected
            if verbosity > 1:
                self.stdout.write(f"{page.pk} {page.url_path}")
            elif verbosity and done % 500 == 0:
                self.stdout.write(_("%(count)s pages checked…") % {"count": done})
        if verbosity:
            self.stdout.write(
                self.style.SUCCESS(
                    _("Pages checked: %(done)s, of which corrected: %(corrected)s.")
                    % {"done": done, "corrected": corrected}
                )
            )


def report_outdated(command, outdated):
    """Let a command with ``--check`` name pages by their keys, and fail if there are any."""
    if not outdated:
        command.stdout.write(command.style.SUCCESS(_("Every page is up to date.")))
        return
    for pk in outdated:
        command.stdout.write(_("Page %(pk)s is out of date.") % {"pk": pk})
    raise SystemExit(1)
