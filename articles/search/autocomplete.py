"""Suggestions while a reader types: completions of the last word, and names.

Only what has results is suggested, so that words of private pages are not given away.
"""

from articles.analysis.folding import fold
from articles.analysis.tokenizer import is_stop_word
from articles.languages.models import PageLanguage
from articles.search import vocabulary
from articles.search.inverted_index import inverted_index
from articles.search.models import SearchEntry
from articles.search.query_parser import parse_query, unfinished_term
from articles.search.scope import scope_of

#: The kinds of pages whose names are suggested.
NAMED = (SearchEntry.Kind.AUTHOR, SearchEntry.Kind.TOPIC)
#: Suggestions made at a time, and names among them.
SHOWN, NAMES = 8, 3


def suggestions_for(text, language, site=None):
    """Queries that begin as ``text`` does and have results on ``site``: names, then common words.

    Without a ``site`` all of them are searched.
    """
    query = parse_query(text, language)
    term = unfinished_term(query)
    if term is None or query.text[term.token.end :]:
        return []
    spellings = vocabulary.completions(term.token.word, language)
    if not spellings:
        return []
    others = query.conditions(without=[term])
    before = query.text[: term.token.start]
    scope = scope_of(site)
    words = [f"{before}{word}" for word in _words_found(spellings, term, others, language, scope)]
    named = query.conditions(without=[term], in_headline=True)
    names = _names_found([*named, [(stem,) for stem in spellings]], language, scope)
    # A name is not suggested once more in small letters.
    known = set(map(fold, names))
    return [*names, *(text for text in words if fold(text) not in known)][:SHOWN]


def _words_found(spellings, term, others, language, scope):
    """Those of ``spellings``, by stem, that stand in a text which meets ``others`` too."""
    tried = {
        stem: word
        for stem, word in spellings.items()
        if stem != term.stem and not is_stop_word(fold(word), language)
    }
    asked = [[*others, [(stem,)]] for stem in tried]
    found = inverted_index().with_matches(asked, language, scope)
    return [word for number, word in enumerate(tried.values()) if number in found]


def _names_found(conditions, language, scope):
    """The names of authors and topics that meet ``conditions``."""
    rows = inverted_index().named(conditions, language, NAMED, scope)
    visible = PageLanguage.objects.visible_in(language).filter(pk__in=rows)
    names = visible.values_list("search_entry__text__original__headline", flat=True)
    return sorted(names)[:NAMES]
