"""Take translation memories of other programs into the concordance."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from diptych.articles.translation_tools.concordance.memories import index, name_of_file, take
from diptych.articles.translation_tools.concordance.models import LONGEST_NAME, TranslationMemory
from diptych.articles.translation_tools.concordance.taking import (
    REFUSED,
    REPLACED,
    TAKEN,
    UNCHANGED,
)
from diptych.articles.translation_tools.formats.reading import FileRefused
from diptych.articles.translation_tools.management.pairs import add_languages, check_languages

#: Refused texts of a file that are named.
NAMED = 20


class Command(BaseCommand):
    @property
    def help(self):
        return _(
            "Takes TMX files of other programs into the concordance, each as a memory of its own "
            "with the name of the file. Can be run again: what is there already is left as it is, "
            "and what was corrected is replaced."
        )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="+", help=_("the files to read"))
        add_languages(parser)
        parser.add_argument("--label", default="", help=_("a name for the memory of all files"))
        parser.add_argument(
            "--dry-run", action="store_true", help=_("only say what would be taken")
        )

    def handle(self, *, file, source, target, label, dry_run, **options):
        check_languages(source, target)
        refused = 0
        for path in file:
            name = label.strip()[:LONGEST_NAME] or name_of_file(path.name)
            try:
                report = _take(path, (source, target), name, dry_run)
            except (FileRefused, OSError) as error:
                refused += 1
                self.stderr.write(f"{path.name}: {error}")
            else:
                self._print(path, report)
        if not dry_run:
            self._index()
        if refused:
            message = _("Files that could not be read: %(count)s")
            raise CommandError(message % {"count": refused})

    def _print(self, path, report):
        for unit in report.refused[:NAMED]:
            text = (unit.text or unit.other_text)[:60]
            self.stdout.write(f"{path.name}: {unit.number}: {unit.reason} “{text}”")
        if (more := report.counts[REFUSED] - NAMED) > 0:
            self.stdout.write(_("Refused texts that are not named: %(count)s") % {"count": more})
        counts = {each: report.counts[each] for each in (TAKEN, REPLACED, UNCHANGED, REFUSED)}
        message = _(
            "Texts taken: %(taken)s, older ones replaced: %(replaced)s, "
            "unchanged: %(unchanged)s, refused: %(refused)s"
        )
        self.stdout.write(f"{path.name}: {message % counts}")

    def _index(self):
        for memory in TranslationMemory.objects.filter(is_indexed=False):
            texts = 2 * memory.pairs.count()
            with tqdm(total=texts, desc=_("Texts"), disable=None) as progress:
                for written in index(memory):
                    progress.update(written)


def _take(path, languages, name, is_dry):
    size = path.stat().st_size
    with (
        path.open("rb") as stream,
        tqdm.wrapattr(stream, "read", size, desc=path.name, disable=None) as reading,
    ):
        return take(reading, languages, name, is_dry=is_dry)
