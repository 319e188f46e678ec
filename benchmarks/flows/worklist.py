"""The worklist of translations: fifty rows of all pages × languages."""

from django.urls import reverse
from django.utils.http import urlencode

from benchmarks.flows.steps import Steps, get, signed_in_client
from benchmarks.measuring import measure

#: The listings measured: as it opens, the costliest order, and the commonest filter.
QUESTIONS = {
    "as it opens": {},
    "by headline": {"ordering": "title"},
    "missing": {"progress": "missing", "ordering": "-words"},
}


class Worklist(Steps):
    def prepare(self):
        self.client = signed_in_client()
        self.rows, self.queries = [], []

    def measure(self):
        measured = [self._ask(case, parameters) for case, parameters in QUESTIONS.items()]
        self.queries = [each.queries for each in measured]
        return measured

    def _ask(self, case, parameters):
        address = f"{reverse('diptych_translations:index')}?{urlencode(parameters)}"
        return measure(case, lambda _number: self._read(address))

    def _read(self, address):
        text = get(self.client, address).content.decode()
        self.rows.append(text.count('class="title diptych-worklist-title"') - 1)

    def done(self):
        most = max(self.queries)
        return {"rows shown": min(self.rows), "queries beyond 15": max(0, most - 15)}
