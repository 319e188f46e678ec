"""From an address to its page, with few and with many other pages beside it."""

from django.test import RequestFactory
from django.utils.translation import override

from benchmarks.flows.steps import Steps, clear_cache, section, small_section
from benchmarks.measuring import measure
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.models import HomePage


class Routing(Steps):
    """Find the last page of a list, in each language."""

    def prepare(self):
        self.home = HomePage.objects.get()
        self.request = RequestFactory().get("/", SERVER_NAME="testserver")
        self.siblings, self.wrong = [], 0

    def measure(self):
        self.measured = [self._measure_in(each) for each in (small_section(), section())]
        return self.measured

    def _measure_in(self, parent):
        page = parent.get_children().last().specific
        self.siblings.append(parent.get_children().count())
        root = len(self.home.url_path)
        addresses = {
            language: page.address_in(language)[root:].strip("/").split("/")
            for language in available_languages()
        }

        def find(_number):
            for language, components in addresses.items():
                home = HomePage.objects.get(pk=self.home.pk)
                with override(language):
                    found = home.route(self.request, list(components)).page
                self.wrong += found.pk != page.pk

        return measure(f"{self.siblings[-1]} siblings", find, times=100, before=clear_cache)

    def done(self):
        few, many = self.measured
        return {
            "siblings": self.siblings[1],
            "wrong pages": self.wrong,
            "queries more than beside a few": many.queries - few.queries,
        }
