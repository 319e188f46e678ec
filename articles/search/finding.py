"""One search, from what was typed to what is found."""

from collections import Counter
from dataclasses import dataclass, field, replace

from articles.search import ranking, vocabulary
from articles.search.matching import matcher
from articles.search.matching.matcher import NOTHING, Matches
from articles.search.models import SearchEntry
from articles.search.queries import Query, last_term, read_query, with_words
from articles.search.scope import scope_of

Kind = SearchEntry.Kind
OTHER_KINDS = [kind for kind in Kind if kind != Kind.ARTICLE]

#: With fewer articles than this, words that begin with the last one typed are found too.
ENOUGH = 12
#: What a word is worth that only begins with the one typed: less in a headline than the word
#: itself in the text.
WORTH_OF_COMPLETION = 0.15
#: Spellings tried for a word that no article has.
SPELLINGS = 3


@dataclass
class Found:
    """What a search found in one language, the best article first."""

    #: What was searched for in the end; not what was typed if nothing had that.
    query: Query
    rows: list = field(default_factory=list)
    facets: Counter = field(default_factory=Counter)
    #: Rows of authors, topics and other pages that are no articles, best first.
    others: list = field(default_factory=list)
    #: Words that were left out because no article has them.
    unknown: list = field(default_factory=list)
    is_corrected: bool = False
    #: Whether there are more articles than anybody looks through: these are the ones made last.
    is_cut: bool = False

    def __bool__(self):
        return bool(self.rows or self.others)


@dataclass(frozen=True)
class _Matching:
    """The articles that meet a query, and the keys of other pages that do."""

    articles: Matches
    others: list
    is_cut: bool


class Search:
    """Searches in one language of one site; ``marks`` are those that articles have to have."""

    def __init__(self, language, marks=(), site=None):
        self.language = language
        self.marks = tuple(marks)
        self.matcher = matcher()
        self.scope = scope_of(site)

    def find(self, text):
        """:class:`Found` for what was typed, or for what was likely meant if nothing has that."""
        query = read_query(text, self.language)
        if not query:
            return Found(query)
        found = self._find_as_typed(query)
        return found or self._find_as_meant(query) or found

    def count_elsewhere(self, text, languages):
        """How many articles each of ``languages`` has for what was typed; none left out.

        Nobody counts further than ``matcher.most``.
        """
        queries = [read_query(text, language) for language in languages]
        asked = [
            (query.language, query.conditions, query.language, query.is_vague)
            for query in queries
            if query
        ]
        return self.matcher.count(asked, self.scope)

    def _find_as_typed(self, query):
        found = self._matching(query)
        if len(found.articles.keys) < ENOUGH:
            completed = self._completed(query)
            if completed is not None:
                query, found = completed, self._matching(completed)
        return self._sorted(query, found)

    def _matching(self, query):
        """What meets ``query``, as :class:`_Matching`."""
        conditions = query.conditions
        kinds = self._asked(conditions, query.is_vague)
        if not kinds and query.is_vague:
            kinds = self._asked(conditions, only_top=False)
        articles = kinds.pop(Kind.ARTICLE, NOTHING)
        others = [key for each in kinds.values() for key in each.keys]
        is_cut = len(articles.keys) + len(others) >= self.matcher.most
        if is_cut and not self.marks:
            # Authors and topics may have been made long ago; those that are called so are found.
            others = self.matcher.named(
                query.name_conditions_without(None), self.language, OTHER_KINDS, self.scope
            )
        return _Matching(articles, others, is_cut)

    def _asked(self, conditions, only_top):
        return self.matcher.find(conditions, self.language, only_top, self.marks, self.scope)

    def _completed(self, query):
        """``query`` with the words that begin with its last one, or ``None`` if none do."""
        term = last_term(query)
        if term is None or term not in query.required:
            return None
        stems = vocabulary.completions(term.word.word, self.language)
        if set(stems) <= set(term.stems):
            return None
        terms = [
            each.or_one_of(stems, WORTH_OF_COMPLETION) if each == term else each
            for each in query.terms
        ]
        return replace(query, terms=tuple(terms))

    def _sorted(self, query, found):
        return Found(
            query=query,
            rows=ranking.in_order(found.articles.keys, query, self.matcher, found.is_cut),
            facets=Counter(found.articles.facets),
            others=ranking.in_order(found.others, query, self.matcher),
            is_cut=found.is_cut,
        )

    def _find_as_meant(self, query):
        """What is found once words that no article has are spelt otherwise, or left out."""
        known = self._known([term.stem for term in query.required])
        strange = [term for term in query.required if term.stem not in known]
        if not strange:
            return None
        likely = {
            term: vocabulary.likely_words(term.word.word, self.language)[:SPELLINGS]
            for term in strange
        }
        for words in _choices(likely):
            found = self._find_with(query, words)
            if found:
                return found
        return None

    def _known(self, stems):
        """Those of ``stems`` that stand in a text which any visitor of the site may open.

        A word that only private pages have is as strange as one that nobody wrote: what becomes
        of a search must not tell that it stands there.
        """
        known = list(vocabulary.documents_with(stems, self.language))
        if not self.scope:
            return set(known)
        conditions = [[[(stem,)]] for stem in known]
        found = self.matcher.which_find(conditions, self.language, self.scope)
        return {known[number] for number in found}

    def _find_with(self, query, words):
        corrected = with_words(query, words)
        if not corrected or corrected.is_vague:
            return None
        found = self._sorted(corrected, self._matching(corrected))
        found.unknown = [_typed(term, query) for term, word in words.items() if word is None]
        found.is_corrected = any(words.values())
        return found


def _choices(likely):
    """What each strange word may stand for, the likeliest first; at last, for nothing."""
    for choice in range(max(map(len, likely.values()))):
        yield {
            term: spellings[min(choice, len(spellings) - 1)] if spellings else None
            for term, spellings in likely.items()
        }
    yield dict.fromkeys(likely)


def _typed(term, query):
    return query.text[term.word.start : term.word.end]
