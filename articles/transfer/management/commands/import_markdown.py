"""`manage.py import_markdown DIR` takes a folder of Markdown in."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from tqdm import tqdm

from diptych.articles.images.pictures import renditions_left_to_a_command
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.transfer.markdown.importing import Importer
from diptych.articles.transfer.markdown.places import HasPages
from diptych.articles.transfer.notes import printed
from diptych.articles.transfer.report import Outcome
from diptych.articles.transfer.sites import chosen_site, next_steps


class Command(BaseCommand):
    """Can be interrupted and run again; each page is one transaction."""

    @property
    def help(self):
        return _("Take in a folder of Markdown, as export_markdown and others write it.")

    def add_arguments(self, parser):
        parser.add_argument("folder")
        parser.add_argument("--site", help=_("the host of the site; the default one without it"))
        parser.add_argument("--language", help=_("the language of texts that do not say it"))
        parser.add_argument(
            "--name",
            default="",
            help=_("what the source is called when it is imported again; that of the folder"),
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("only say what would be imported")
        )
        parser.add_argument(
            "--lead-from-text",
            action="store_true",
            help=_("Make the first paragraph the lead where there is no excerpt."),
        )
        parser.add_argument("--report", help=_("a file that gets the report, in JSON"))

    def handle(self, *args, folder, site, language, dry_run, report, **options):
        if not Path(folder).is_dir():
            raise CommandError(_("“%(folder)s” is no folder.") % {"folder": folder})
        if report and not Path(report).parent.is_dir():
            raise CommandError(_("No file can be written at %(path)s.") % {"path": report})
        if language is not None and language not in available_languages():
            known = {"code": language, "languages": ", ".join(available_languages())}
            raise CommandError(_("%(code)s is no language of the pages: %(languages)s.") % known)
        site = chosen_site(site)
        importer = Importer(
            folder,
            site,
            language=language,
            is_dry=dry_run,
            name=options["name"],
            lead_from_text=options["lead_from_text"],
            progress=self.progress,
        )
        try:
            with renditions_left_to_a_command():
                found = importer.run()
        except HasPages:
            message = _("This site starts at a page that is no front page of a journal.")
            raise CommandError(message) from None
        self._print(found, dry_run)
        if report:
            found.write(report)
        if found.entries and not dry_run:
            has_pictures = any(each.type == "image" for each in found.entries)
            for line in next_steps(site, has_files=has_pictures):
                self.stdout.write(line)
        self._fail_for(found, folder)

    def _print(self, report, is_dry):
        for line in printed([*report.reasons, *report.notes]):
            self.stdout.write(line)
        for outcome, number in report.counts.items():
            if number:
                said = {"kind": capfirst(Outcome(outcome).label), "count": number}
                self.stdout.write(_("%(kind)s: %(count)s") % said)
        if is_dry:
            self.stdout.write(_("Nothing was stored."))

    def _fail_for(self, report, folder):
        """Print the items that were not imported, last; the command fails if there are any."""
        failed = [each for each in report.entries if each.outcome == Outcome.FAILED]
        if report.has_failed:
            lines = [f"{each.id}: {each.reason}" for each in failed]
            said = {"kind": capfirst(Outcome.FAILED.label), "count": len(failed)}
            raise CommandError("\n".join([*lines, _("%(kind)s: %(count)s") % said]))
        if not report.entries:
            raise CommandError(_("“%(folder)s” has no texts in Markdown.") % {"folder": folder})

    def progress(self, label, items):
        """``items`` with a progress bar, on a terminal."""
        return tqdm(items, desc=label) if sys.stderr.isatty() else items
