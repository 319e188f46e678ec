"""Write the passages of the concordance into a file for translators' programs."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from diptych.articles.translation_tools.concordance import tmx
from diptych.articles.translation_tools.management.pairs import add_languages, check_languages


class Command(BaseCommand):
    @property
    def help(self):
        return _(
            "Writes the passages of two languages that translate each other into a TMX file, those "
            "of drafts too. A file of the same name is replaced."
        )

    def add_arguments(self, parser):
        parser.add_argument("destination", type=Path, help=_("the file to write"))
        add_languages(parser)

    def handle(self, *, destination, source, target, **options):
        check_languages(source, target)
        pairs = list(tmx.pairs_for(None, source, target))
        try:
            with destination.open("wb") as stream:
                stream.writelines(tmx.lines(pairs, source))
        except OSError as error:
            message = _("The file cannot be written: %(error)s")
            raise CommandError(message % {"error": error}) from error
        self.stdout.write(_("Pairs of passages written: %(count)s") % {"count": len(pairs)})
