from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diptych.articles.languages.config.language_config import language_name
from diptych.articles.related.locking import Overtaken
from diptych.articles.related.models import PendingUpdate
from diptych.articles.related.rebuilding import rebuild
from diptych.articles.related.updating import work_off

STAGES = {
    "read": gettext_lazy("Reading"),
    "index": gettext_lazy("Writing terms"),
    "compare": gettext_lazy("Comparing"),
}


class Command(BaseCommand):
    help = (
        "Read and compare all articles anew, with all terms counted anew. The site can be used "
        "meanwhile. A rebuild that was broken off is gone on with."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--waiting",
            action="store_true",
            help="Only update the pages that still wait, those that have failed among them.",
        )

        parser.add_argument(
            "--from-start",
            action="store_true",
            help="Do not go on with a rebuild that was broken off.",
        )

    def handle(self, *args, waiting=False, from_start=False, verbosity=1, **options):
        if waiting:
            self._work_off(verbosity)
            return
        shows_progress = verbosity and self.stderr.isatty()
        try:
            progress = {"progress": self._progress} if shows_progress else {}
            counts = rebuild(**progress, from_start=from_start)
        except Overtaken:
            self.stdout.write(_("Another rebuild began after this one, and goes on instead of it."))
            return
        if verbosity:
            for language, count in counts.items():
                message = _("%(language)s: %(count)s articles compared.")
                names = {"language": language_name(language), "count": count}
                self.stdout.write(self.style.SUCCESS(message % names))

    def _progress(self, steps, stage, total):
        """Write how far a stage is on one line of the terminal."""
        number = len(steps)
        for place, step in enumerate(steps, start=1):
            yield step
            done = total * place // number
            self.stderr.write(f"\r{STAGES[stage]}: {done}/{total}", ending="")
        self.stderr.write("")

    def _work_off(self, verbosity):
        done, failed = work_off(PendingUpdate.objects.order_by("marked_at"), can_index=True)
        if verbosity:
            self.stdout.write(_("Pages seen to: %(count)s.") % {"count": done})
        if failed:
            self.stderr.write(_("Pages that failed again: %(count)s.") % {"count": failed})
            raise SystemExit(1)
