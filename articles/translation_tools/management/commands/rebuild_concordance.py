"""Read the translated passages of all pages anew, for the concordance, and those of memories."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from tqdm import tqdm

from diptych.articles.translation_tools.concordance.memories import forget_deleted, index
from diptych.articles.translation_tools.concordance.models import (
    AlignedText,
    PendingPage,
    TranslationMemory,
)
from diptych.articles.translation_tools.concordance.updating import (
    begin_rebuild,
    rebuild,
    work_off,
)


class Command(BaseCommand):
    @property
    def help(self):
        return _(
            "Reads the translated passages of all pages anew, for the concordance. A rebuild that "
            "was broken off is gone on with; the site can be used meanwhile."
        )

    def add_arguments(self, parser):
        parser.add_argument(
            "--from-start",
            action="store_true",
            help=_("do not go on with a rebuild that was broken off"),
        )
        parser.add_argument(
            "--waiting",
            action="store_true",
            help=_("only read the pages that wait, those that have failed among them"),
        )

    def handle(self, *, from_start=False, waiting=False, **options):
        total, pages = _waiting() if waiting else (begin_rebuild(from_start), rebuild())
        written = failed = 0
        for texts, failures in tqdm(pages, total=total, desc=_("Pages"), disable=None):
            written, failed = written + texts, failed + failures
        if not waiting:
            forget_deleted()
            written += sum(sum(index(each)) for each in TranslationMemory.objects.all())
        self.stdout.write(_("Pages read: %(count)s") % {"count": total - failed})
        self.stdout.write(_("Texts written: %(count)s") % {"count": written})
        self.stdout.write(
            _("Texts in the concordance: %(count)s") % {"count": AlignedText.objects.count()}
        )
        if failed:
            self.stderr.write(_("Pages that failed: %(count)s") % {"count": failed})
            raise SystemExit(1)


def _waiting():
    """How many pages wait, and what reading each of them gives, as from ``rebuild``."""
    pages = list(PendingPage.objects.order_by("marked_at"))
    return len(pages), (work_off([each]) for each in pages)
