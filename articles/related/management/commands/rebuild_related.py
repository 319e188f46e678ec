from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from tqdm import tqdm

from articles.languages.available import language_name
from articles.related.models import RelatedWaiting
from articles.related.rebuilding import rebuild
from articles.related.waiting import work_off
from articles.related.writing import Overtaken

STAGES = {
    "read": gettext_lazy("Reading"),
    "compare": gettext_lazy("Comparing"),
    "terms": gettext_lazy("Writing terms"),
    "write": gettext_lazy("Writing lists"),
}


class Command(BaseCommand):
    help = (
        "Find anew what belongs beside every article, with all terms counted anew. The site can "
        "be used meanwhile."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--waiting",
            action="store_true",
            help="Only see to the pages that still wait, those that have failed among them.",
        )

    def handle(self, *args, waiting=False, verbosity=1, **options):
        if waiting:
            self._work_off(verbosity)
            return
        try:
            counts = rebuild(lambda steps, **about: self._progress(steps, verbosity, **about))
        except Overtaken:
            self.stdout.write(_("Another rebuild began after this one, and goes on instead of it."))
            return
        if verbosity:
            for language, count in counts.items():
                message = _("%(language)s: %(count)s articles compared.")
                names = {"language": language_name(language), "count": count}
                self.stdout.write(self.style.SUCCESS(message % names))

    def _progress(self, steps, verbosity, stage, total):
        """One bar for each stage, on a terminal only."""
        size = getattr(steps, "step", 1)
        disable = None if verbosity else True
        with tqdm(total=total, desc=str(STAGES[stage]), disable=disable, file=self.stderr) as bar:
            for step in steps:
                yield step
                bar.update(min(size, total - bar.n))

    def _work_off(self, verbosity):
        done, failed = work_off(RelatedWaiting.objects.order_by("marked_at"))
        if verbosity:
            self.stdout.write(_("Pages seen to: %(count)s.") % {"count": done})
        if failed:
            self.stderr.write(_("Pages that failed again: %(count)s.") % {"count": failed})
            raise SystemExit(1)
