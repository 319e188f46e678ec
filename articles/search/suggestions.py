"""What a search that is being typed may become: its last word written to the end, and names.

Nothing is suggested that would find nothing, so a word that only private pages have is never told
to anybody.
"""

from articles.analysis.folding import fold
from articles.analysis.tokenizer import is_common
from articles.languages.models.page_language import PageLanguage
from articles.search import vocabulary
from articles.search.matching import matcher
from articles.search.models import SearchEntry
from articles.search.queries import last_term, read_query
from articles.search.scope import scope_of

#: What has a name that readers look for.
NAMED = (SearchEntry.Kind.AUTHOR, SearchEntry.Kind.TOPIC)
#: Suggestions made at a time, and how many of them may be names.
SHOWN, NAMES = 8, 3


def suggestions_for(text, language, site=None):
    """Searches that begin as ``text`` does and find something: names, then common words.

    What is found is that of one ``site``, or of all of them.
    """
    query = read_query(text, language)
    term = last_term(query)
    if term is None or query.text[term.word.end :]:
        return []
    spellings = vocabulary.completions(term.word.word, language)
    if not spellings:
        return []
    others = query.conditions_without(term)
    before = query.text[: term.word.start]
    scope = scope_of(site)
    words = [f"{before}{word}" for word in _words_found(spellings, term, others, language, scope)]
    named = query.name_conditions_without(term)
    names = _names_found([*named, [(stem,) for stem in spellings]], language, scope)
    # A name is not suggested once more in small letters.
    known = set(map(fold, names))
    return [*names, *(text for text in words if fold(text) not in known)][:SHOWN]


def _words_found(spellings, term, others, language, scope):
    """Those of ``spellings``, by stem, that are in a text which meets ``others`` too."""
    tried = {
        stem: word
        for stem, word in spellings.items()
        if stem != term.stem and not is_common(fold(word), language)
    }
    asked = [[*others, [(stem,)]] for stem in tried]
    found = matcher().which_find(asked, language, scope)
    return [word for number, word in enumerate(tried.values()) if number in found]


def _names_found(conditions, language, scope):
    """The names of authors and topics that meet ``conditions``, as they are written."""
    rows = matcher().named(conditions, language, NAMED, scope)
    visible = PageLanguage.objects.visible_in(language).filter(pk__in=rows)
    names = visible.values_list("search_entry__text__original__headline", flat=True)
    return sorted(names)[:NAMES]
