"""`manage.py diptych_catalogues`: look after the words of the interface."""

import contextlib
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils.translation.reloader import translation_file_changed

from articles.interface_texts import catalogues

# No words of the interface live here; demo prose, for one, is not translated word by word.
NOT_SOURCES = [
    ".*",
    "benchmarks",
    "build",
    "dist",
    "docs",
    "node_modules",
    "site/config/demo",
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
            help="collect new words from the sources (needs GNU gettext); edits are kept",
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="fail when a word is missing, doubtful or badly set",
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
        """Collect the words of everything beside the first `locale` folder into it."""
        folder = folders[0]
        languages = [code for code, _ in settings.LANGUAGES]
        for language in languages:
            (folder / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        with contextlib.chdir(folder.parent):
            call_command(
                "makemessages",
                locale=languages,
                ignore_patterns=NOT_SOURCES,
                no_location=True,
                no_obsolete=True,
                verbosity=0,
            )
        for path in catalogues.catalogue_files(folder):
            catalogues.tidy_catalogue(path)

    def check(self, folders):
        faults = [fault for folder in folders for fault in catalogues.find_faults(folder)]
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            raise CommandError(f"{len(faults)} faults in the catalogues.")
        self.stdout.write("The catalogues are complete.")

    def compile(self, folders):
        """Compile, and let a running process read the new words at once."""
        for folder in folders:
            for path in catalogues.compile_catalogues(folder):
                translation_file_changed(sender=None, file_path=path)
                self.stdout.write(f"Compiled {path}")
