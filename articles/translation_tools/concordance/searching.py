"""Finds passages: with the exact words first, then with their stems, then near sentences."""

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from django.db.models import Exists, OuterRef
from wagtail.models import Page

from diptych.articles.linguistics.tokenizer import is_stop_word, tokenize
from diptych.articles.translation_tools.concordance.access import published, visible_to
from diptych.articles.translation_tools.concordance.inverted_index import (
    entries_of,
    inverted_index,
)
from diptych.articles.translation_tools.concordance.models import AlignedText

#: The most characters of a query that are read, and the most different words of it.
LONGEST_QUERY, MOST_WORDS = 1000, 60
#: The most results, and the most texts from which they are chosen.
MOST_RESULTS, MOST_CANDIDATES = 12, 100
#: Of so many that have most words in common it is looked how near they are.
MOST_RATED = 20
#: From so many words on, other than stop words, sentences that are only near are looked for.
SENTENCE = 4
#: Near sentences have two of so many stems that are the rarest of the query.
RAREST = 6
#: No text is counted beyond this to know how rare a stem is.
COUNTED = 3000
#: The smallest likeness of a near sentence, from 0 to 1.
NEAR = 0.5


class Kind(StrEnum):
    EXACT = "exact"
    STEMS = "stems"
    NEAR = "near"


@dataclass
class Match:
    """A passage that was found, ``text``, and its translation, ``other``: :class:`AlignedText`.

    ``is_whole`` says that the passage has the words of the query and no others.
    """

    kind: Kind
    text: AlignedText
    other: AlignedText
    is_whole: bool = False
    likeness: float = 1.0

    @property
    def memory(self):
        """The memory of another program of which both are, ``None`` for texts of a page."""
        return self.text.memory

    @property
    def is_published(self):
        """Whether readers see both, if the page was not taken offline."""
        if self.memory:
            return False
        return all(
            each.is_published and each.row.live and not each.row.is_private
            for each in (self.text, self.other)
        )

    @property
    def is_outdated(self):
        return self.text.is_outdated or self.other.is_outdated

    @property
    def is_machine_aligned(self):
        return bool(self.text.is_machine_aligned or self.other.is_machine_aligned)

    @property
    def date(self):
        """When it was translated, else when one of the two was last edited."""
        dates = (self.text.translated_at, self.other.translated_at)
        if self.memory:
            edited = (self.memory.taken_at,)
        else:
            edited = (self.text.row.edited_at, self.other.row.edited_at)
        return max((each for each in dates if each), default=None) or max(
            (each for each in edited if each), default=None
        )


def published_words(words, language, page_id):
    """Those of ``words`` that readers find in a translated passage of another page, as a set."""
    asked = {}
    for word in words:
        entries = tuple(entries_of((each.word for each in tokenize(word, language)), language))
        matching = inverted_index().matching("words", [[entries]]) if entries else None
        if matching is not None:
            texts = AlignedText.objects.filter(published(), pk__in=matching, language=language)
            asked[word] = Exists(texts.exclude(row__page_id=page_id))
    found = Page.objects.filter(pk=page_id).values_list(*asked.values()).first() if asked else ()
    return {word for word, is_found in zip(asked, found or (), strict=False) if is_found}


def search(query, language, other_language, user):
    """The :class:`Match` objects for ``query``, a text in ``language``, the best first.

    ``user`` sees no passage that they may not see in both languages.
    """
    tokens = tokenize(" ".join(query[:LONGEST_QUERY].split()), language)[:MOST_WORDS]
    if not tokens or language == other_language:
        return []
    asked = _Search(tokens, language, other_language, user)
    for step in (asked.exact, asked.by_stems, asked.near):
        if len(asked.found) < MOST_RESULTS:
            step()
    return asked.matches()


class _Search:
    def __init__(self, tokens, language, other_language, user):
        self.tokens, self.language, self.other_language = tokens, language, other_language
        self.index, self.visible = inverted_index(), visible_to(user)
        self.words = entries_of((each.word for each in tokens), language)
        telling = [each for each in tokens if not is_stop_word(each.word, language)]
        self.stems = list(
            dict.fromkeys(entries_of((each.stem for each in telling or tokens), language))
        )
        #: ``{group: (kind, likeness)}`` of what was found, the best first.
        self.found = {}

    def exact(self):
        """Texts that have the words of the query side by side.

        Those of a sentence are among the few that have its stems: a long phrase is the dearest
        question to the index.
        """
        if not self.words:
            return
        if len(self.stems) >= SENTENCE and len(self.with_stems) < MOST_CANDIDATES:
            texts = [each for each in self.with_stems if self._is_exact(each[1])][:MOST_RESULTS]
        else:
            texts = self._texts("words", [[tuple(self.words)]], MOST_RESULTS)
        for group, _text in texts:
            self.found[group] = (Kind.EXACT, 1.0)

    def _is_exact(self, text):
        words = entries_of((each.word for each in tokenize(text, self.language)), self.language)
        return f" {' '.join(self.words)} " in f" {' '.join(words)} "

    @cached_property
    def with_stems(self):
        """``(group, text)`` of those that have the stems of all words but stop words."""
        phrases = [(each,) for each in self.stems]
        return self._texts("stems", [phrases], MOST_CANDIDATES) if phrases else []

    def by_stems(self):
        """The same, the shortest first."""
        for group, _text in sorted(self.with_stems, key=lambda each: len(each[1])):
            self.found.setdefault(group, (Kind.STEMS, 1.0))

    def near(self):
        """Texts that share most stems with a query as long as a sentence."""
        if len(self.stems) < SENTENCE:
            return
        counts = self.index.counts("stems", self.stems, COUNTED)
        known = sorted(
            (count, stem) for count, stem in zip(counts, self.stems, strict=False) if count
        )
        pairs = list(combinations([stem for _count, stem in known[:RAREST]], 2))
        if pairs:
            either = [[(one,), (other,)] for one, other in pairs]
            texts = self._texts("stems", either, MOST_CANDIDATES)
            for likeness, group in self._rated(texts):
                if likeness >= NEAR:
                    self.found.setdefault(group, (Kind.NEAR, likeness))

    def _rated(self, texts):
        """``(likeness, group)`` of the texts with the most words in common, the nearest first."""
        words = {each.spelling.lower() for each in self.tokens}
        common = sorted(texts, key=lambda each: -len(words & set(each[1].lower().split())))
        own = [each.stem for each in self.tokens]
        rated = [
            (_likeness(own, [each.stem for each in tokenize(text, self.language)]), group)
            for group, text in common[:MOST_RATED]
        ]
        return sorted(rated, reverse=True)

    def _texts(self, field, condition, limit):
        """``(group, text)`` of the newest that meet a condition and are translated.

        Those alone that the user may see in both languages.
        """
        matching = self.index.matching(field, condition)
        if matching is None:
            return []
        translated = AlignedText.objects.filter(
            self.visible, group=OuterRef("group"), language=self.other_language
        )
        texts = AlignedText.objects.filter(
            self.visible, Exists(translated), pk__in=matching, language=self.language
        )
        return list(texts.order_by("-pk").values_list("group", "text")[:limit])

    def matches(self):
        """Each pair of texts once, with its translation; a passage of these words alone first.

        Of two pairs with the same texts that of a page is taken.
        """
        groups = list(self.found)[: 2 * MOST_RESULTS]
        texts = AlignedText.objects.filter(
            self.visible, group__in=groups, language__in=(self.language, self.other_language)
        )
        texts = {
            (each.group, each.language): each for each in texts.select_related("row", "memory")
        }
        own, matches = [each.word for each in self.tokens], {}
        for group in groups:
            kind, likeness = self.found[group]
            text, other = (
                texts.get((group, code)) for code in (self.language, self.other_language)
            )
            if text and other:
                is_whole = kind == Kind.EXACT and own == [
                    each.word for each in tokenize(text.text, self.language)
                ]
                match = Match(kind, text, other, is_whole, likeness)
                known = matches.setdefault((text.text, other.text), match)
                if known.memory and not match.memory:
                    matches[text.text, other.text] = match
        order = sorted(matches.values(), key=lambda each: not each.is_whole)
        return order[:MOST_RESULTS]


def _likeness(stems, others):
    """How much of two lists of stems is the same in the same order, from 0 to 1."""
    common = sum((Counter(stems) & Counter(others)).values())
    if 2 * common < NEAR * (len(stems) + len(others)):
        return 0.0
    return SequenceMatcher(None, stems, others, autojunk=False).ratio()
