"""One search, from the parsed query to the ranked result, with expansion and did-you-mean."""

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain

from diptych.articles.caching.versions import depends_on
from diptych.articles.linguistics.folding import fold
from diptych.articles.search import vocabulary
from diptych.articles.search.inverted_index import (
    HEADLINE,
    SHORT_FIELDS,
    TOP_FIELDS,
    inverted_index,
)
from diptych.articles.search.models import SearchEntry
from diptych.articles.search.names import LETTERS, articles_of, names_in
from diptych.articles.search.query_parser import Query, parse_query, replace_terms, unfinished_term
from diptych.articles.search.ranking import SCORED, rank
from diptych.articles.search.scope import scope_of
from diptych.articles.search.vocabulary import edit_distance

Kind = SearchEntry.Kind
OTHER_KINDS = [kind for kind in Kind if kind != Kind.ARTICLE]

#: Pages found by one search, at most; see :meth:`Search.find`.
LIMIT = 1_000
#: With fewer articles than this, words that begin with the last one typed are searched too.
ENOUGH = 12
#: The weight of such a word: less in a headline than the word itself in the text.
WEIGHT_OF_COMPLETION = 0.15
#: Authors and topics that are called by some words of a query whose articles have the others.
NAMES_BESIDE_WORDS = 3
#: Searches with fewer words at most, where authors and topics alone have all of them.
SHORTENED = 3
#: Spellings tried for a word that no article has.
SPELLINGS = 3


@dataclass
class SearchResult:
    """The result of a search in one language."""

    #: The final query: a corrected one if there were no results for the input.
    query: Query
    #: The rows of articles, and of authors, topics and other pages, the most relevant first.
    rows: list = field(default_factory=list)
    others: list = field(default_factory=list)
    #: How many of the articles have each facet token; of those in ``rows``, where it is truncated.
    facets: Counter = field(default_factory=Counter)
    #: Words that were left out because no article has them.
    unknown: list = field(default_factory=list)
    #: Words that were removed because no article has them together with rarer ones of the query.
    left_out: list = field(default_factory=list)
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
        _depend_on(self.language)
        query, entries = self._matching_expanded(query)
        result = self._ranked(query, entries)
        if entries and not result.rows and all(each.kind in LETTERS for each in entries):
            return self._with_articles(query, result)
        return result or self._did_you_mean(query) or result

    def _with_articles(self, query, result):
        """``result``, of authors and topics alone, with the articles that have most of the words.

        Words that no article has are left out, then the more common half of the rest, a few times.
        Nothing is added where an author or a topic is called as the query says.
        """
        conditions = query.conditions(in_headline=True)
        if self.filters or self.index.named(conditions, self.language, OTHER_KINDS, self.scope):
            return result
        counts = self._articles_with_each(query.required)
        known = sorted(filter(counts.get, query.required), key=counts.get)
        fewer = [number for number in _halved(len(known)) if 0 < number < len(query.required)]
        for kept in fewer[:SHORTENED]:
            dropped = set(query.required).difference(known[:kept])
            words = sorted(dropped, key=lambda term: term.token.start)
            found = self._result_with(query, dict.fromkeys(words))
            if found and found.rows:
                unknown = [_as_typed(query, term) for term in words if not counts[term]]
                left_out = [] if unknown else found.unknown
                return replace(found, others=result.others, unknown=unknown, left_out=left_out)
        return result

    def _articles_with_each(self, terms):
        """How many articles have each of ``terms``, up to the limit."""
        asked = [
            (str(number), [[(stem,) for stem in term.stems]], self.language, ())
            for number, term in enumerate(terms)
        ]
        counts = self.index.count(asked, self.limit, self.scope)
        return {term: counts.get(str(number), 0) for number, term in enumerate(terms)}

    def find_as_typed(self, text):
        """The query for what was typed, and the rows of all pages whose text has its words.

        Nothing is corrected or ranked.
        """
        query = parse_query(text, self.language)
        if not query:
            return query, []
        query, entries = self._matching_expanded(query)
        return query, [entry.row for entry in entries]

    def count_elsewhere(self, text, languages):
        """By language, how many articles match there, up to the limit."""
        queries = [parse_query(text, language) for language in languages]
        _depend_on(*(query.language for query in queries if query))
        asked = [
            (query.language, query.conditions(), query.language, _fields_first_searched(query))
            for query in queries
            if query
        ]
        counts = self.index.count(asked, self.limit, self.scope)
        for query in filter(None, queries):
            if names := names_in(query, self.index, self.scope):
                other = Search(query.language, scope=self.scope, limit=self.limit)
                counts[query.language] = other.count_named(query, names)
        return counts

    def count_named(self, query, names):
        """How many articles match, or are by or about ``names``, up to the limit."""
        entries = {*self._matching(query), *self._named(query, names)}
        return min(self.limit, sum(entry.kind == Kind.ARTICLE for entry in entries))

    def _matching_expanded(self, query):
        """``query``, with the completions of its last word if few articles match, and entries."""
        entries = self._matching(query)
        if sum(entry.kind == Kind.ARTICLE for entry in entries) < ENOUGH:
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
        found = vocabulary.completions(term.token.word, self.language)
        stems = [stem for _word, stem, _spelling in found]
        if set(stems) <= set(term.stems):
            return None
        expanded = term.expanded(stems, WEIGHT_OF_COMPLETION)
        return replace(query, terms=tuple(expanded if t == term else t for t in query.terms))

    def _ranked(self, query, entries):
        is_truncated = len(entries) >= self.limit
        compounds = self._with_compounds(query)
        names = names_in(query, self.index, self.scope)
        named = self._named(query, names)
        if is_truncated and query.has_telling_word and not query.phrases:
            entries = self._best_first(query, entries, named, compounds)
        elif named:
            entries = sorted({*entries, *named}, key=lambda each: (-each.day, -each.row))
        articles = [entry for entry in entries if entry.kind == Kind.ARTICLE][: self.limit]
        others = [entry.row for entry in entries if entry.kind != Kind.ARTICLE]
        if is_truncated and not self.filters:
            # Authors and topics may have been created long ago; their names are searched instead.
            conditions = query.conditions(in_headline=True)
            others = self.index.named(conditions, self.language, OTHER_KINDS, self.scope)
        by_field = not is_truncated or (query.has_telling_word and query.phrases)
        having_compounds = {entry.row for entry in compounds}
        rows, weights = [entry.row for entry in articles], _weights_by_name(articles, names)
        return SearchResult(
            query=query,
            rows=sorted(
                rank(rows, query, self.index, by_field, weights),
                key=lambda row: row not in having_compounds,
            ),
            others=rank(others, query, self.index),
            facets=Counter(token for entry in articles for token in entry.facets.split()),
            is_truncated=is_truncated or len(articles) >= self.limit,
        )

    def _named(self, query, names):
        """The entries of articles by or about ``names`` that have the other words of the query."""
        whole = [name.page for name in names if len(name.terms) == len(query.required)]
        entries = []
        if whole and not query.phrases:
            asked = (self.language, self.limit, self.filters, self.scope)
            entries += articles_of(whole, *asked)
        parts = [name for name in names if len(name.terms) < len(query.required)]
        for name in parts[:NAMES_BESIDE_WORDS]:
            entries += self.index.find(
                query.conditions(without=name.terms),
                self.language,
                self.limit,
                filters=(*self.filters, name.token),
                scope=self.scope,
            )
        return list(dict.fromkeys(entries))

    def _with_compounds(self, query):
        """The entries that match and have the compounds of ``query`` as they were typed."""
        if not query.compounds:
            return []
        conditions = query.conditions_with_compounds
        limit = min(SCORED, self.limit)
        return self.index.find(
            conditions, self.language, limit, filters=self.filters, scope=self.scope
        )

    def _best_first(self, query, entries, named, compounds):
        """``entries`` and older ones that have all words in better fields, by these fields.

        Those that have the ``compounds`` come before all; those that are ``named`` after the ones
        that have the words in their headline.
        """
        headline, *others = (
            self._find(query, min(SCORED, self.limit), each)
            for each in (HEADLINE, SHORT_FIELDS, TOP_FIELDS)
        )
        found = chain(compounds, headline, named[:SCORED], *others, entries)
        return list(dict.fromkeys(found))[: self.limit]

    def _did_you_mean(self, query):
        """The result with some words spelt otherwise or left out; ``None`` if there is none.

        Words that no article has are spelt otherwise; of others, the most common are left out
        until some article has the rest; at last, unknown words are left out.
        """
        known = self._known([term.stem for term in query.required])
        spellings = {
            term: vocabulary.spelling_corrections(term.token.word, self.language)[:SPELLINGS]
            for term in query.required
            if term.stem not in known
        }
        tried = list(_replacements(spellings)) if spellings else [{}]
        for words in tried[:-1]:
            if result := self._result_with(query, words):
                return result
        # A word that is far from the one typed is worth less than another that was typed.
        nearest = {term: _nearest(term, words) for term, words in spellings.items()}
        choices = [nearest, tried[-1]] if any(nearest.values()) else [tried[-1]]
        for words in choices:
            if result := self._without_common_words(query, words):
                return result
        return None

    def _result_with(self, query, words):
        """The result with ``words`` in the place of terms, if there is any."""
        corrected = replace_terms(query, words) if words else query
        if not corrected or corrected.has_only_stop_words:
            return None
        result = self._ranked(corrected, self._matching(corrected))
        result.is_corrected = any(words.values())
        result.unknown = [_as_typed(query, term) for term, word in words.items() if word is None]
        return result or None

    def _without_common_words(self, query, words):
        """The same, without as many of the most common words as it takes to find anything."""
        corrected = replace_terms(query, words) if words else query
        dropped = self._common_words_to_drop(corrected)
        in_order = sorted(dropped, key=lambda term: term.token.start)
        result = self._result_with(corrected, dict.fromkeys(in_order)) if dropped else None
        if result is None:
            return self._result_with(query, words)
        result.left_out, result.is_corrected = result.unknown, any(words.values())
        result.unknown = [_as_typed(query, term) for term, word in words.items() if word is None]
        return result

    def _common_words_to_drop(self, query):
        """The terms of ``query`` that no text has together with those that are rarer."""
        terms = query.required
        if query.has_only_stop_words or len(terms) + len(query.phrases) < 2:
            return []
        counts = vocabulary.document_frequencies([term.stem for term in terms], self.language)
        rarest_first = sorted(terms, key=lambda term: counts.get(term.stem, 0))
        dropped = [rarest_first[kept:] for kept in range(len(terms), -1, -1)]
        asked = [query.conditions(without=each) for each in dropped]
        found = self.index.with_matches(list(filter(None, asked)), self.language, self.scope)
        return dropped[min(found)] if found else []

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


def _depend_on(*languages):
    """Let the page being rendered depend on what is found in ``languages``."""
    depends_on(*(f"{kind}:{code}" for kind in ("list", "search") for code in languages))


def _halved(number):
    """``number`` and its halves, rounded up, as far as 1."""
    yield number
    while number > 1:
        number = (number + 1) // 2
        yield number


def _weights_by_name(entries, names):
    """By row, the weight of each term by which an author or a topic of the article is called."""
    weights = {}
    for entry in entries if names else ():
        tokens = set(entry.facets.split())
        for name in names:
            if name.token in tokens:
                own = weights.setdefault(entry.row, {})
                own |= {term: max(name.weight, own.get(term, 0)) for term in name.terms}
    return weights


def _as_typed(query, term):
    return query.text[term.token.start : term.token.end]


def _fields_first_searched(query):
    return SHORT_FIELDS if query.has_only_stop_words else ()


def _nearest(term, spellings):
    """The first of ``spellings`` that is one letter away from the word of ``term``, or ``None``."""
    word = term.token.word
    return next((each for each in spellings if edit_distance(word, fold(each), 1) <= 1), None)


def _replacements(spellings):
    """What may replace each unknown term, the likeliest first; at last, each is left out."""
    for choice in range(max(map(len, spellings.values()))):
        yield {
            term: words[min(choice, len(words) - 1)] if words else None
            for term, words in spellings.items()
        }
    yield dict.fromkeys(spellings)
