"""Authors and topics that a query names, and the articles by them or about them.

An article has no index of these names, which may change or go offline at any time: they are looked
up when somebody searches.
"""

from dataclasses import dataclass

from django.db.models.functions import Coalesce

from diptych.articles.languages.models import PageLanguage
from diptych.articles.linguistics.tokenizer import is_stop_word, tokenize
from diptych.articles.models.listed import ListedArticle
from diptych.articles.search.inverted_index import Match
from diptych.articles.search.models import SearchEntry

Kind = SearchEntry.Kind
#: The kinds of pages with articles, and the letters before their numbers in facet tokens.
LETTERS = {Kind.AUTHOR: "a", Kind.TOPIC: "t"}
#: The columns of an entry that a :class:`Match` has.
MATCH = ("kind", "row", "facets", "day")
#: Names of one query whose articles are found.
MOST = 8
#: The part of a name that has to be typed.
ENOUGH = 0.5
#: The weight of a word by which the author or the topic of an article is called: less than that of
#: a word in the lead, more than of one in a heading.
WEIGHT = 0.5


@dataclass(frozen=True)
class Name:
    """An author or a topic that a query names, by its primary key and its facet token."""

    page: int
    token: str
    #: The terms of the query that the name has.
    terms: frozenset
    #: How much of the name they are.
    share: float

    @property
    def weight(self):
        return WEIGHT * self.share


def names_in(query, index, scope):
    """The :class:`Name` of each author and topic that ``query`` names, the most complete first."""
    terms = query.required
    stems = {term.stem: term for term in terms}
    if not stems:
        return []
    any_of = [[(stem,) for stem in stems]]
    rows = index.named(any_of, query.language, [*LETTERS], scope)
    if not rows:
        return []
    visible = PageLanguage.objects.visible_in(query.language).filter(pk__in=rows)
    found = visible.values_list(
        Coalesce("page__alias_of", "page"),
        "search_entry__kind",
        "search_entry__text__original__headline",
    )
    names = [
        Name(page, f"{LETTERS[kind]}{page}", frozenset(stems[stem] for stem in typed), share)
        for page, kind, headline in found
        for typed, share in [_typed_part(headline, stems, query.language)]
        if share >= ENOUGH
    ]
    return sorted(names, key=lambda name: (-name.share, -name.page))[:MOST]


def _typed_part(name, stems, language):
    """The words of ``name`` that are among ``stems``, and how much of it they are."""
    words = {
        token.stem for token in tokenize(name, language) if not is_stop_word(token.word, language)
    }
    typed = words & stems.keys()
    return typed, len(typed) / max(len(words), 1)


def articles_of(pages, language, limit, filters, scope):
    """The :class:`Match` of the newest articles by some authors, or about some topics."""
    listed = ListedArticle.objects.filter(
        list__in=pages, language=language, row__search_entry__kind=Kind.ARTICLE
    )
    if scope.root_path:
        listed = listed.filter(article__url_path__startswith=scope.root_path)
    for token in filters:
        listed = listed.filter(row__search_entry__facets__contains=f" {token} ")
    newest = listed.order_by("-printed_date", "-article")
    entries = newest.values_list(*(f"row__search_entry__{name}" for name in MATCH))[:limit]
    return [match for each in entries if (match := Match(*each)).row not in scope.hidden]
