import sys
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diptych.articles.images.pictures import renditions_left_to_a_command
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.transfer.admin.running import start_waiting
from diptych.articles.transfer.notes import MISSING, printed
from diptych.articles.transfer.report import Outcome, Report
from diptych.articles.transfer.sites import chosen_site, next_steps
from diptych.articles.transfer.wordpress.comments import write_table
from diptych.articles.transfer.wordpress.export import Export, host_in
from diptych.articles.transfer.wordpress.importing import Options, WordPressImport, source_of
from diptych.articles.transfer.wordpress.media import Media
from diptych.articles.transfer.wordpress.uploads import UploadsRefused

LINES = {
    Outcome.CREATED: gettext_lazy("Created: %(count)s."),
    Outcome.UPDATED: gettext_lazy("Updated: %(count)s."),
    Outcome.UNCHANGED: gettext_lazy("Unchanged: %(count)s."),
    Outcome.SKIPPED: gettext_lazy("Skipped: %(count)s."),
    Outcome.CONFLICT: gettext_lazy("Changed here since, and kept: %(count)s."),
    Outcome.FAILED: gettext_lazy("Failed: %(count)s."),
}
#: Failed items that are printed; the report has all.
PRINTED = 20


class Command(BaseCommand):
    @property
    def help(self):
        return _(
            "Import an export of WordPress: posts, pages, authors, categories and files, in all "
            "languages. Run it again to import what has changed since, or to go on after it was "
            "interrupted."
        )

    def add_arguments(self, parser):
        parser.add_argument(
            "export", nargs="*", type=Path, help=_("The XML files of one export, or zips.")
        )
        parser.add_argument(
            "--waiting",
            action="store_true",
            help=_("Only begin what was started in the admin and still waits; for a timer."),
        )
        parser.add_argument(
            "--media", type=Path, help=_("The folder wp-content/uploads, or a zip.")
        )
        parser.add_argument(
            "--site", help=_("The host of the site here; the default site without.")
        )
        parser.add_argument("--old-host", help=_("Another host name of the site of the export."))
        parser.add_argument("--language", help=_("The language of texts that name none."))
        parser.add_argument("--dry-run", action="store_true", help=_("Report, and store nothing."))
        parser.add_argument(
            "--incomplete",
            action="store_true",
            help=_("Import a broken file as far as it can be read, which is refused otherwise."),
        )
        parser.add_argument("--report", type=Path, help=_("Write the report here, as JSON."))
        parser.add_argument(
            "--comments", type=Path, help=_("Write here how many comments each text has, as CSV.")
        )
        parser.add_argument(
            "--tags", choices=["topics", "leave"], default="leave", help=_("What becomes of tags.")
        )
        parser.add_argument(
            "--series", action="append", default=[], help=_("A taxonomy whose terms are series.")
        )
        parser.add_argument(
            "--articles", action="append", default=[], help=_("A further post type of articles.")
        )
        parser.add_argument(
            "--lead-from-text",
            action="store_true",
            help=_("Make the first paragraph the lead where there is no excerpt."),
        )
        parser.add_argument("--owner", help=_("The user who becomes the owner of pages and files."))

    def handle(self, *args, verbosity=1, **options):
        self.verbosity = verbosity
        if options["waiting"]:
            start_waiting()
            return
        _check_paths(options)
        site, owner = chosen_site(options["site"]), self._owner(options["owner"])
        export = self._export(options)
        report = Report(is_dry=options["dry_run"])
        media = self._media(export, site, options["media"], report, owner)
        run = WordPressImport(
            export,
            site,
            media=media,
            report=report,
            owner=owner,
            options=_choices(options),
            progress=self._progress,
            is_dry=options["dry_run"],
        )
        try:
            with renditions_left_to_a_command():
                run.run()
        except KeyboardInterrupt:
            raise CommandError(
                _("Interrupted: what is imported stays. Run it again to go on.")
            ) from None
        finally:
            if media:
                media.close()
            if options["report"]:
                report.write(options["report"])
        if options["comments"]:
            with options["comments"].open("w", encoding="utf-8-sig", newline="") as file:
                write_table(file, report.comments)
        self._print(report)
        if self.verbosity and not report.is_dry:
            for line in next_steps(site, has_files=bool(media)):
                self.stdout.write(line)
        self._fail_for(export, report)

    def _owner(self, name):
        if not name:
            return None
        model = get_user_model()
        owner = model._default_manager.filter(**{model.USERNAME_FIELD: name}).first()
        if owner is None:
            raise CommandError(_("There is no user %(name)s.") % {"name": name})
        return owner

    def _export(self, options):
        language, host = options["language"], options["old_host"]
        if language and language not in available_languages():
            raise CommandError(_("This site has no language “%(code)s”.") % {"code": language})
        if host and not host_in(host):
            raise CommandError(_("Give a host name, such as www.old.example."))
        export = Export(options["export"], language=language, site_host=host)
        if export.errors and not (options["incomplete"] and export.counts):
            ends = _("Nothing was imported.")
            if export.counts:
                ends += " " + _("Add --incomplete to import what can be read.")
            raise CommandError("\n".join([*export.errors, ends]))
        if not export.counts:
            raise CommandError(_("The export has no items: nothing was imported."))
        return export

    def _media(self, export, site, uploads, report, owner):
        if not uploads:
            return None
        source = source_of(export, site)
        try:
            return Media(export, uploads, source=source, report=report, user=owner)
        except UploadsRefused as error:
            raise CommandError(str(error)) from error

    def _progress(self, label, items, total):
        """``items`` with a progress bar on a terminal."""
        if not self.verbosity or not sys.stderr.isatty():
            return items
        from tqdm import tqdm

        return tqdm(items, desc=str(label), total=total)

    def _print(self, report):
        if not self.verbosity:
            return
        if report.is_dry:
            self.stdout.write(_("Nothing was stored. An import would say:"))
        self._print_words(report)
        notes = [note for note in report.notes if note.kind != MISSING]
        for line in printed([*report.reasons, *notes]):
            self.stdout.write(line)
        for outcome, count in report.counts.items():
            if count:
                self.stdout.write(str(LINES[outcome]) % {"count": count})

    def _fail_for(self, export, report):
        """Print unread and unimported items last; the command fails if there are any."""
        failed = [each for each in report.entries if each.outcome == Outcome.FAILED]
        lines = [f"{each.type} {each.id}: {each.reason}" for each in failed[:PRINTED]]
        if report.has_failed:
            lines.append(str(LINES[Outcome.FAILED]) % {"count": len(failed)})
        if lines or export.errors:
            raise CommandError("\n".join([*lines, *export.errors]))

    def _print_words(self, report):
        """Print how many words came through, and the texts in which some are missing."""
        words = report.total_of_words
        if not words["before"]:
            return
        line = _("Words: %(before)s went in, %(after)s came out, %(missing)s are missing.")
        self.stdout.write(line % words)
        for each in [note for note in report.notes if note.kind == MISSING][:PRINTED]:
            self.stderr.write(f"{each.id}: {each.detail}")


def _choices(options):
    """The options of the importer from the command line."""
    names = ("series", "articles", "lead_from_text")
    return Options(tags=options["tags"] == "topics", **{name: options[name] for name in names})


def _check_paths(options):
    """Refuse files that are not there, and places that none can be written to."""
    if not options["export"]:
        raise CommandError(_("Name the files of an export."))
    for path in [*options["export"], *filter(None, [options["media"]])]:
        if not path.exists() or (path.is_dir() and path != options["media"]):
            raise CommandError(_("There is no file %(path)s.") % {"path": path})
    for path in filter(None, [options["report"], options["comments"]]):
        if path.is_dir() or not path.parent.is_dir():
            raise CommandError(_("No file can be written at %(path)s.") % {"path": path})
