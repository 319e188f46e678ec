"""The page × language table is compared with the pages, and written anew."""

from django.core.management import call_command

from benchmarks.flows.steps import Steps
from benchmarks.measuring import measure
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.rebuilding import outdated_pages


class Rebuilding(Steps):
    """Compare only, rebuild what is right already, rebuild from nothing."""

    def prepare(self):
        self.rows = PageLanguage.objects.count()

    def measure(self):
        return [
            measure("check only", self._check, times=1, warm=False),
            measure("nothing wrong", self._rebuild, times=1, warm=False),
            measure("every row lost", self._rebuild, times=1, warm=False, before=self._lose),
        ]

    def _check(self, _number):
        outdated_pages()

    def _rebuild(self, _number):
        call_command("rebuild_page_languages", verbosity=0)

    def _lose(self):
        PageLanguage.objects.all().delete()

    def done(self):
        rows = PageLanguage.objects.filter(live=True).count()
        return {"rows": rows, "pages out of date": len(outdated_pages())}
