"""One search, from the parsed query to the ranked result, with expansion and did-you-mean."""

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain

from articles.search import vocabulary
from articles.search.inverted_index import HEADLINE, SHORT_FIELDS, TOP_FIELDS, inverted_index
from articles.search.models import SearchEntry
from articles.search.query_parser import Query, parse_query, replace_terms, unfinished_term
from articles.search.ranking import SCORED, rank
from articles.search.scope import scope_of

Kind = SearchEntry.Kind
OTHER_KINDS = [kind for kind in Kind if kind != Kind.ARTICLE]

#: Pages found by one search, at most; see :meth:`Search.find`.
LIMIT = 1_000
#: With fewer articles than this, words that begin with the last one typed are searched too.
ENOUGH = 12
#: The weight of such a word: less in a headline than the word itself in the text.
WEIGHT_OF_COMPLETION = 0.15
#: Spellings tried for a word that no article has.
SPELLINGS = 3


@dataclass
class SearchResult:
    """What a search found in one language."""

    #: The query that was searched in the end: a corrected one if nothing had what was typed.
    query: Query
    #: The rows of articles, and of authors, topics and other pages, the most relevant first.
    rows: list = field(default_factory=list)
    others: list = field(default_factory=list)
    #: How many of the articles have each facet token; of those in ``rows``, where it is truncated.
    facets: Counter = field(default_factory=Counter)
    #: Words that were left out because no article has them.
    unknown: list = field(default_factory=list)
    is_corrected: bool = False
    #: Whether more articles may match than are looked at.
    is_truncated: bool = False

    def __bool__(self):
        return bool(self.rows or self.others)


class Search:
    """Searches one language of a site; ``filters`` are facet tokens that articles must have.

    A ``scope`` is searched in place of what visitors of the site may find. ``limit`` is how many
    pages are found at most.
    """

    def __init__(self, language, filters=(), site=None, scope=None, limit=None):
        self.language = language
        self.filters = tuple(filters)
        self.limit = limit or LIMIT
        self.index = inverted_index()
        self.scope = scope_of(site) if scope is None else scope

    def find(self, text):
        """The :class:`SearchResult` for what was typed, corrected if nothing matches that.

        Where more pages match than the limit, these are the ones that have the words in the
        headline, in another short field or often, and then those that were created last.
        """
        query = parse_query(text, self.language)
        if not query:
            return SearchResult(query)
        result = self._find_expanded(query)
        return result or self._did_you_mean(query) or result

    def find_as_typed(self, text):
        """The query for what was typed, and the rows of all pages whose text has its words.

        Nothing is corrected or ranked.
        """
        query = parse_query(text, self.language)
        if not query:
            return query, []
        query, entries = self._matching_expanded(query)
        return query, [row for _kind, row, _facets in entries]

    def count_elsewhere(self, text, languages):
        """By language, how many articles match there, up to the limit."""
        queries = [parse_query(text, language) for language in languages]
        asked = [
            (query.language, query.conditions(), query.language, _fields_first_searched(query))
            for query in queries
            if query
        ]
        return self.index.count(asked, self.limit, self.scope)

    def _find_expanded(self, query):
        return self._ranked(*self._matching_expanded(query))

    def _matching_expanded(self, query):
        """``query``, with the completions of its last word if few articles match, and entries."""
        entries = self._matching(query)
        if sum(kind == Kind.ARTICLE for kind, _row, _facets in entries) < ENOUGH:
            expanded = self._expanded(query)
            if expanded is not None:
                query, entries = expanded, self._matching(expanded)
        return query, entries

    def _matching(self, query):
        """The entries that match, as :meth:`InvertedIndex.find` gives them.

        Stop words alone are searched in short fields first, where they are the title of something.
        """
        first = _fields_first_searched(query)
        entries = self._find(query, self.limit, first)
        return entries or (self._find(query, self.limit) if first else [])

    def _find(self, query, limit, fields=()):
        return self.index.find(
            query.conditions(), self.language, limit, fields, self.filters, self.scope
        )

    def _expanded(self, query):
        """``query`` with completions of its last word, or ``None`` if there are none."""
        term = unfinished_term(query)
        if term is None or term not in query.required:
            return None
        stems = vocabulary.completions(term.token.word, self.language)
        if set(stems) <= set(term.stems):
            return None
        expanded = term.expanded(stems, WEIGHT_OF_COMPLETION)
        return replace(query, terms=tuple(expanded if t == term else t for t in query.terms))

    def _ranked(self, query, entries):
        is_truncated = len(entries) >= self.limit
        if is_truncated and query.has_telling_word and not query.phrases:
            entries = self._best_first(query, entries)
        articles = [(row, facets) for kind, row, facets in entries if kind == Kind.ARTICLE]
        others = [row for kind, row, _facets in entries if kind != Kind.ARTICLE]
        if is_truncated and not self.filters:
            # Authors and topics may have been created long ago; their names are searched instead.
            conditions = query.conditions(in_headline=True)
            others = self.index.named(conditions, self.language, OTHER_KINDS, self.scope)
        by_field = not is_truncated or (query.has_telling_word and query.phrases)
        return SearchResult(
            query=query,
            rows=rank([row for row, _facets in articles], query, self.index, by_field),
            others=rank(others, query, self.index),
            facets=Counter(token for _row, facets in articles for token in facets.split()),
            is_truncated=is_truncated,
        )

    def _best_first(self, query, entries):
        """``entries`` and older ones that have all words in better fields, by these fields."""
        fields = (HEADLINE, SHORT_FIELDS, TOP_FIELDS)
        better = (self._find(query, min(SCORED, self.limit), each) for each in fields)
        return list(dict.fromkeys(chain(*better, entries)))[: self.limit]

    def _did_you_mean(self, query):
        """The result with unknown words spelt otherwise or left out; ``None`` if there is none."""
        known = self._known([term.stem for term in query.required])
        spellings = {
            term: vocabulary.spelling_corrections(term.token.word, self.language)[:SPELLINGS]
            for term in query.required
            if term.stem not in known
        }
        for words in _replacements(spellings):
            corrected = replace_terms(query, words)
            if corrected and not corrected.has_only_stop_words:
                result = self._ranked(corrected, self._matching(corrected))
                if result:
                    result.is_corrected = any(words.values())
                    result.unknown = [
                        query.text[term.token.start : term.token.end]
                        for term, word in words.items()
                        if word is None
                    ]
                    return result
        return None

    def _known(self, stems):
        """Those of ``stems`` that stand in a text which any visitor of the site may open.

        A word that only private pages have is treated as one that nobody wrote: the result must
        not tell that it stands there.
        """
        known = list(vocabulary.document_frequencies(stems, self.language))
        if not self.scope:
            return set(known)
        queries = [[[(stem,)]] for stem in known]
        return {known[at] for at in self.index.with_matches(queries, self.language, self.scope)}


def _fields_first_searched(query):
    return SHORT_FIELDS if query.has_only_stop_words else ()


def _replacements(spellings):
    """What may replace each unknown term, the likeliest first; at last, each is left out."""
    if not spellings:
        return
    for choice in range(max(map(len, spellings.values()))):
        yield {
            term: words[min(choice, len(words) - 1)] if words else None
            for term, words in spellings.items()
        }
    yield dict.fromkeys(spellings)
