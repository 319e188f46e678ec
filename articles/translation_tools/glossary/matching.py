"""Terms in a text: found by their stems, so that a plural or a genitive is found as well."""

import threading
from dataclasses import dataclass

from diptych.articles.linguistics.stemming import form_of
from diptych.articles.linguistics.tokenizer import tokenize
from diptych.articles.translation_tools.glossary.models import Concept, Status, glossary_version


@dataclass(frozen=True)
class Found:
    """A term in a text, from ``start`` to ``end``."""

    concept: int
    text: str
    status: str
    start: int
    end: int


class TermIndex:
    """The terms of one language by the stem of their first word."""

    def __init__(self, terms, language):
        self.language = language
        self.by_first = {}
        for term in terms:
            words = tokenize(term.text, language)
            if words:
                forms = [_forms_of(each, language, is_term=True) for each in words]
                entry = (forms, [each.word for each in words], term)
                for form in forms[0]:
                    self.by_first.setdefault(form, []).append(entry)

    def find(self, text):
        """The terms in ``text`` in order, each a :class:`Found`; the longest where several begin.

        One within a longer one is left out: *archive* in *archive box*. Concepts that share a name
        are all found, each once.
        """
        tokens = tokenize(text, self.language)
        forms = [_forms_of(each, self.language) for each in tokens]
        found, end = [], 0
        for place, token in enumerate(tokens):
            if token.start < end:
                continue
            for length, term in self._longest(tokens, forms, place):
                end = tokens[place + length - 1].end
                found.append(Found(term.concept_id, term.text, term.status, token.start, end))
        return found

    def _longest(self, tokens, forms, place):
        """``(number of words, term)`` of the longest terms that begin at ``place``.

        Of the terms of a concept it is the one written like the text, else the best one.
        """
        entries = {
            entry[2].pk: entry for form in forms[place] for entry in self.by_first.get(form, ())
        }
        fitting = [each for each in entries.values() if _fits(each[0], forms[place:])]
        longest = max((len(each[0]) for each in fitting), default=0)
        here = [each.word for each in tokens[place : place + longest]]
        best = {}
        for words, written, term in fitting:
            if len(words) == longest:
                rank = (written != here, Status.values.index(term.status), term.pk)
                best[term.concept_id] = min(best.get(term.concept_id, (rank, term)), (rank, term))
        return [(longest, term) for _rank, term in best.values()]


def _fits(words, forms):
    return len(words) <= len(forms) and all(
        each & here for each, here in zip(words, forms, strict=False)
    )


def _forms_of(token, language, is_term=False):
    """What two inflections of a word have in common: a stem, or a form without number.

    A term in capitals, such as *UN*, is one with the same capitals alone.
    """
    is_acronym = len(token.spelling) > 1 and token.spelling.isupper()
    if is_acronym and is_term:
        return {f"^{token.word}"}
    forms = {token.stem, f"={form_of(token.word, language)}"}
    return forms | {f"^{token.word}"} if is_acronym else forms


@dataclass
class Hint:
    """What the glossary says of one concept in a passage.

    ``missing`` is the preferred term that the translation lacks, ``forbidden`` a term in it that is
    not to be used; both are empty where there is nothing to say.
    """

    concept: int
    source: str
    preferred: str
    others: tuple
    note: str = ""
    missing: str = ""
    forbidden: str = ""
    is_muted: bool = False
    spans: tuple = ()

    @property
    def is_open(self):
        return bool(self.missing or self.forbidden) and not self.is_muted


class Glossary:
    """All entries, with an index for each language; made anew when an entry has changed."""

    _lock = threading.Lock()
    _kept = (None, None)

    def __init__(self):
        self.concepts = {each.pk: each for each in Concept.objects.prefetch_related("terms")}
        self._indexes = {}

    @classmethod
    def current(cls):
        """The glossary as it is stored; asks the database for its version alone if it is known."""
        version = glossary_version()
        known, glossary = cls._kept
        if known == version:
            return glossary
        with cls._lock:
            if cls._kept[0] != version:
                cls._kept = (version, cls())
            return cls._kept[1]

    def index(self, language):
        """The :class:`TermIndex` of a language."""
        if language not in self._indexes:
            terms = [
                term
                for concept in self.concepts.values()
                for term in concept.terms.all()
                if term.language == language
            ]
            self._indexes[language] = TermIndex(terms, language)
        return self._indexes[language]

    def hints(self, source, source_language, target, target_language):
        """A :class:`Hint` for each concept named in ``source``, in the order of the text.

        Words that are not to be used in the source count as names of their concept there.
        """
        in_target = {}
        for each in self.index(target_language).find(target):
            in_target.setdefault(each.concept, []).append(each)
        hints = {}
        for each in self.index(source_language).find(source):
            if each.concept not in hints:
                here = in_target.get(each.concept, ())
                hints[each.concept] = self._hint(each, here, target, target_language)
            hints[each.concept].spans += ((each.start, each.end),)
        return list(hints.values())

    def preferred(self, source, source_language, language):
        """``(term, preferred term in the other language)`` for each term named in ``source``."""
        hints = self.hints(source, source_language, "", language)
        return tuple((each.source, each.preferred) for each in hints if each.preferred)

    def _hint(self, named, here, target, language):
        concept = self.concepts[named.concept]
        preferred = concept.texts(language, Status.PREFERRED)
        forbidden = next((each for each in here if each.status == Status.FORBIDDEN), None)
        has_preferred = any(each.status == Status.PREFERRED for each in here)
        is_missing = bool(preferred) and bool(target.strip()) and not has_preferred
        return Hint(
            concept.pk,
            named.text,
            preferred[0] if preferred else "",
            tuple([*preferred[1:], *concept.texts(language, Status.ALLOWED)]),
            concept.note,
            preferred[0] if is_missing else "",
            target[forbidden.start : forbidden.end] if forbidden else "",
        )
