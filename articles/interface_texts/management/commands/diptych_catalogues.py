"""`manage.py diptych_catalogues`: maintain the message catalogues."""

import contextlib
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils.translation.reloader import translation_file_changed

from diptych.articles.interface_texts import catalogues

# Folders without interface texts.
NOT_SOURCES = [
    ".*",
    "benchmarks",
    "build",
    "dist",
    "docs",
    "node_modules",
    "site/operations/demo",
    "tests",
    "var",
]


class Command(BaseCommand):
    help = "Collects, checks and compiles the catalogues in the folders of LOCALE_PATHS."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--extract",
            action="store_true",
            help="collect new texts from the sources (needs GNU gettext); edits are kept",
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="fail when a translation is missing, fuzzy or invalid",
        )
        parser.add_argument(
            "--compile", action="store_true", help="write the .mo files that Django reads"
        )

    def handle(self, **options):
        tasks = [task for task in ("extract", "check", "compile") if options[task]]
        if not tasks:
            raise CommandError("Say what to do: --extract, --check or --compile.")
        folders = [Path(folder) for folder in settings.LOCALE_PATHS]
        for task in tasks:
            getattr(self, task)(folders)

    def extract(self, folders):
        """Collect the texts of all files next to the first `locale` folder into it."""
        folder = folders[0]
        languages = [code for code, _ in settings.LANGUAGES]
        for language in languages:
            (folder / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        with contextlib.chdir(folder.parent):
            call_command(
                "makemessages",
                locale=languages,
                ignore_patterns=NOT_SOURCES,
                add_location="file",
                no_obsolete=True,
                verbosity=0,
            )
        for path in catalogues.catalogue_files(folder):
            catalogues.tidy_catalogue(path)

    def check(self, folders):
        problems = [problem for folder in folders for problem in catalogues.find_problems(folder)]
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"{len(problems)} problems in the catalogues.")
        self.stdout.write("The catalogues are complete.")

    def compile(self, folders):
        """Compile, and reload the texts in this process."""
        for folder in folders:
            for path in catalogues.compile_catalogues(folder):
                translation_file_changed(sender=None, file_path=path)
                self.stdout.write(f"Compiled {path}")
