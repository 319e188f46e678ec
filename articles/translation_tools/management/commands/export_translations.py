"""Write the texts of pages into files for translators' programs."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm
from wagtail.images import get_image_model
from wagtail.models import Page

from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.translation_tools import site_texts
from diptych.articles.translation_tools.archives import name_of
from diptych.articles.translation_tools.exporting import file_of
from diptych.articles.translation_tools.formats import FORMATS, write
from diptych.articles.translation_tools.image_texts import files as image_texts
from diptych.articles.translation_tools.management.pairs import add_languages, check_languages


class Command(BaseCommand):
    @property
    def help(self):
        return _(
            "Writes a file for each page with a text in the source language, with its translation "
            "as far as there is one, or for the texts of the site or of all images. Files of the "
            "same name are replaced."
        )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help=_("where to write the files"))
        add_languages(parser)
        texts = parser.add_mutually_exclusive_group()
        texts.add_argument("--pages", help=_("numbers of pages, such as 12,13; all without it"))
        texts.add_argument(
            "--site-texts", action="store_true", help=_("the texts of the site instead of pages")
        )
        texts.add_argument(
            "--images", action="store_true", help=_("the texts of images instead of pages")
        )
        parser.add_argument(
            "--format", choices=list(FORMATS), default="xliff", help=_("the format of the files")
        )

    def handle(self, *, folder, source, target, pages, **options):
        check_languages(source, target)
        if options["site_texts"]:
            files = _site_texts(source, target)
        elif options["images"]:
            images = get_image_model().objects.order_by("pk")
            files = [image_texts.file_of(images, source, target)]
        else:
            numbers = tqdm(_numbers(pages), desc=_("Pages"), disable=None)
            files = (_file(pk, source, target) for pk in numbers)
        folder.mkdir(parents=True, exist_ok=True)
        kind = options["format"]
        written = left = 0
        for file in files:
            if file is None or not file.units:
                left += 1
                continue
            (folder / name_of(file, kind)).write_bytes(write(file, kind))
            written += 1
        self.stdout.write(_("Files written: %(count)s") % {"count": written})
        if left and not (options["site_texts"] or options["images"]):
            message = _("Pages left out, which are not written in “%(language)s” first: %(count)s")
            self.stdout.write(message % {"language": source, "count": left})


def _site_texts(source, target):
    """The files of the catalogues in ``target``."""
    if not site_texts.is_installed():
        raise CommandError(_("The site texts cannot be edited here: their application is missing."))
    from diptych.articles.interface_texts.site_catalogues import UnreadableCatalogue, catalogues_in
    from diptych.articles.translation_tools.site_texts.texts import SOURCE_LANGUAGE, file_of

    if target == SOURCE_LANGUAGE:
        raise CommandError(_("Site texts are translated from English, and not into it."))
    try:
        return [file_of(each, source) for each in catalogues_in(target)]
    except UnreadableCatalogue as error:
        message = _("The catalogue cannot be read: %(error)s")
        raise CommandError(message % {"error": error}) from error


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
