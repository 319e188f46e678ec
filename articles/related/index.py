"""The stored articles of a language that one is compared with: all of them, or its candidates."""

from diptych.articles.related.candidates import StoredTerms, candidate_rows
from diptych.articles.related.loading import Frequencies, has_thin, is_large, load_articles
from diptych.articles.related.models import TermStatistics
from diptych.articles.related.similarity import Targets


def index_of(language, pooled=False, facts=None):
    """The index of ``language``. ``pooled``: for an article that is thin and not stored yet.

    ``facts`` is a :class:`FactsReader` that has read those of all articles for another language.
    """
    pooled = pooled or has_thin(language)
    if is_large(language):
        return CandidateIndex(language, pooled)
    return WholeIndex(language, pooled, facts)


class WholeIndex:
    """All articles of a language are compared with one."""

    def __init__(self, language, pooled=None, facts=None):
        pooled = has_thin(language) if pooled is None else pooled
        self.articles = load_articles(language, Frequencies(), pooled=pooled, facts=facts)
        newest_day = max((each.facts.day for each in self.articles.values()), default=0)
        self._targets = Targets(language, list(self.articles.values()), newest_day)

    def article(self, row):
        """The stored article of a row."""
        return self.articles[row]

    def targets(self, source=None, beside=()):
        """The :class:`Targets` for ``source``."""
        return self._targets


class CandidateIndex:
    """The candidates for an article are compared with it.

    ``lookup`` and ``articles`` are those in memory during a rebuild, else the database is asked.
    """

    def __init__(self, language, pooled=False, lookup=None, articles=None):
        self.language, self.pooled = language, pooled
        self.frequencies = Frequencies()
        self.lookup = lookup or StoredTerms()
        self.articles = articles
        statistics = TermStatistics.objects.filter(language=language)
        self.newest_day = statistics.values_list("newest_day", flat=True).get()

    def article(self, row):
        return self._load([row])[0]

    def _load(self, rows):
        if self.articles is None:
            return list(load_articles(self.language, self.frequencies, rows, self.pooled).values())
        return [self.articles[row] for row in rows if row in self.articles]

    def targets(self, source, beside=()):
        """Those in ``beside`` are compared too, independent of shared terms."""
        rows = candidate_rows(self.language, source, self.frequencies, self.lookup)
        number = self.frequencies[self.language].articles
        return Targets(self.language, self._load({*rows, *beside}), self.newest_day, number)
