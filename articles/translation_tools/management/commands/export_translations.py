"""Write the texts of pages into files for translators' programs."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm
from wagtail.models import Page

from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.translation_tools.archives import name_of
from diptych.articles.translation_tools.exporting import file_of
from diptych.articles.translation_tools.formats import FORMATS, write
from diptych.articles.translation_tools.management.pairs import add_languages, check_languages


class Command(BaseCommand):
    @property
    def help(self):
        return _(
            "Writes a file for each page with a text in the source language, with its translation "
            "as far as there is one. Files of the same name are replaced."
        )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help=_("where to write the files"))
        add_languages(parser)
        parser.add_argument("--pages", help=_("numbers of pages, such as 12,13; all without it"))
        parser.add_argument(
            "--format", choices=list(FORMATS), default="xliff", help=_("the format of the files")
        )

    def handle(self, *, folder, source, target, pages, **options):
        check_languages(source, target)
        folder.mkdir(parents=True, exist_ok=True)
        kind = options["format"]
        written = left = 0
        for pk in tqdm(_numbers(pages), desc=_("Pages"), disable=None):
            file = _file(pk, source, target)
            if file is None or not file.units:
                left += 1
                continue
            (folder / name_of(file, kind)).write_bytes(write(file, kind))
            written += 1
        self.stdout.write(_("Files written: %(count)s") % {"count": written})
        if left:
            message = _("Pages left out, which are not written in “%(language)s” first: %(count)s")
            self.stdout.write(message % {"language": source, "count": left})


def _numbers(pages):
    """The primary keys in ``--pages``, or those of all pages."""
    if pages is None:
        return list(Page.objects.filter(depth__gt=1, alias_of=None).values_list("pk", flat=True))
    numbers = [each.strip() for each in pages.split(",")]
    if not all(each.isascii() and each.isdecimal() for each in numbers):
        raise CommandError(_("--pages takes numbers of pages, such as 12,13."))
    return [int(each) for each in numbers]


def _file(pk, source, target):
    """The file of a page, ``None`` for one that is not written in ``source`` first."""
    page = Page.objects.filter(pk=pk).first()
    if page is None:
        raise CommandError(_("There is no page %(number)s.") % {"number": pk})
    draft = page.get_latest_revision_as_object()
    if not isinstance(draft, MultilingualPageMixin) or draft.alias_of_id:
        return None
    return file_of(draft, target) if draft.source_language == source else None
