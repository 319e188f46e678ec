"""Take translations out of files that translators' programs have written."""

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm
from wagtail.models import Page

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.translation_tools import site_texts
from diptych.articles.translation_tools.exporting import page_of
from diptych.articles.translation_tools.formats import EXTENSIONS, read
from diptych.articles.translation_tools.formats.reading import FileRefused
from diptych.articles.translation_tools.image_texts import files as image_texts
from diptych.articles.translation_tools.importing import REFUSED, TAKEN, UNCHANGED, import_file


class Command(BaseCommand):
    @property
    def help(self):
        return _(
            "Takes the translations in XLIFF and PO files into drafts, and those of the site’s own "
            "texts and of images. Texts that a file does not call approved have to be confirmed "
            "before they can be published. Can be run again."
        )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help=_("where the files are"))
        parser.add_argument(
            "--dry-run", action="store_true", help=_("only say what would be taken")
        )
        parser.add_argument("--report", type=Path, help=_("a JSON file with a row for each text"))

    def handle(self, *, folder, dry_run, report, **options):
        paths = sorted(each for each in folder.rglob("*") if each.suffix[1:] in EXTENSIONS)
        if not paths:
            message = _("There are no files for translators in %(folder)s.")
            raise CommandError(message % {"folder": folder})
        reports, refused = [], []
        for path in tqdm(paths, desc=_("Files"), disable=None):
            try:
                reports += [(path, each) for each in _import(path, dry_run)]
            except FileRefused as refusal:
                refused.append((path, str(refusal)))
        self._print(reports, refused)
        if report:
            report.write_text(json.dumps(_rows(reports, refused), ensure_ascii=False, indent=1))
        if refused:
            message = _("Files that could not be read: %(count)s")
            raise CommandError(message % {"count": len(refused)})

    def _print(self, reports, refused):
        for path, each in reports:
            for row in each.refused:
                self.stdout.write(f"{path.name}: {row.label or row.id}: {row.reason} “{row.text}”")
        for path, reason in refused:
            self.stdout.write(f"{path.name}: {reason}")
        counts = {
            status: sum(each.counts[status] for _path, each in reports)
            for status in (TAKEN, UNCHANGED, REFUSED)
        }
        message = _("Texts taken: %(taken)s, unchanged: %(unchanged)s, refused: %(refused)s")
        self.stdout.write(message % counts)


def _import(path, is_dry):
    """The reports of the files in the one at ``path``; raises :class:`FileRefused` before any."""
    files = [(_import_of(file), file) for file in read(path.read_bytes())]
    return [take(file, path.name, is_dry=is_dry) for take, file in files]


def _import_of(file):
    """The function that takes ``file`` into the page or the catalogue that it names."""
    if site_texts.are_in(file):
        from diptych.articles.translation_tools.site_texts import importing, texts

        catalogue = texts.catalogue_of(file)
        if catalogue is None:
            message = _("The file is of no texts of this site (“%(name)s”).")
            raise FileRefused(message % {"name": file.original[:40]})
        return partial(importing.import_file, catalogue)
    if image_texts.are_in(file):
        return partial(image_texts.import_file, may_approve=True)
    return partial(import_file, _page_of(file), may_approve=True)


def _page_of(file):
    if file.target_language not in available_languages():
        message = _("The site has no language “%(language)s”.")
        raise FileRefused(message % {"language": file.target_language[:20]})
    page = Page.objects.filter(pk=page_of(file)).first()
    page = page.specific if page is not None else None
    if not isinstance(page, MultilingualPageMixin) or page.alias_of_id:
        message = _("The file is of no page of this site (“%(name)s”).")
        raise FileRefused(message % {"name": file.original[:40]})
    return page


def _rows(reports, refused):
    rows = [
        {"file": path.name, "page": each.original, "language": each.language, **asdict(row)}
        for path, each in reports
        for row in each.rows
    ]
    unread = [{"file": path.name, "status": REFUSED, "reason": why} for path, why in refused]
    return rows + unread
