"""What looks wrong in a passage of a translation beside its source."""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from diptych.articles.linguistics.languages import language_data
from diptych.articles.translation_tools.faults.dates import wrong_months
from diptych.articles.translation_tools.faults.numbers import missing_numbers
from diptych.articles.translation_tools.faults.spelling import unknown_words


class Kind(StrEnum):
    """The kinds of faults; stored with what somebody has hidden."""

    NUMBER = "number"
    DATE = "date"
    ADDRESS = "address"
    UNTRANSLATED = "untranslated"
    DOUBLED = "doubled"
    SHORT = "short"
    LONG = "long"
    QUESTION = "question"
    QUOTATION = "quotation"
    LINK = "link"
    NOTE = "note"
    BOLD = "bold"
    SPELLING = "spelling"
    GRAMMAR = "grammar"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Text:
    """The words of a passage in a ``language``; ``marks`` counts links, notes and bold in it."""

    words: str
    language: str
    marks: dict | None = None


@dataclass(frozen=True)
class Fault:
    """A likely fault, with the words concerned if there are some.

    ``better`` are words to write instead, ``reason`` is a sentence in the language of the text.
    """

    kind: Kind
    words: str = ""
    better: str = ""
    reason: str = ""

    def __str__(self):
        sentence = _BETTER if self.better else SENTENCES[self.kind]
        return sentence % {"words": self.words, "better": self.better}


SENTENCES = {
    Kind.NUMBER: _("The number “%(words)s” is missing."),
    Kind.DATE: _("The date “%(words)s” has another month."),
    Kind.ADDRESS: _("The address “%(words)s” is missing."),
    Kind.UNTRANSLATED: _("“%(words)s” is still in the language of the source."),
    Kind.DOUBLED: _("“%(words)s” is written twice."),
    Kind.SHORT: _("The translation is much shorter than the source."),
    Kind.LONG: _("The translation is much longer than the source."),
    Kind.QUESTION: _("The question mark of the source is missing."),
    Kind.QUOTATION: _("An opening or a closing quotation mark is missing."),
    Kind.LINK: _("A link of the source is missing."),
    Kind.NOTE: _("A note of the source is missing."),
    Kind.SPELLING: _("Not in the dictionary: %(words)s."),
    Kind.BOLD: _("The source has words in bold, the translation has none."),
    Kind.GRAMMAR: _("“%(words)s” may be wrong."),
    Kind.UNANSWERED: _("LanguageTool does not answer: its hints are missing."),
}
_BETTER = _("“%(words)s” may be wrong: perhaps “%(better)s”.")
_ADDRESS = re.compile(r"https?://[^\s<>«»“”\"]+|[\w.+-]+@[\w-]+\.[\w.-]+\w")
_TERRITORY = re.compile(r"(?<=://)www\.|[/.?&=_-](en|fr|de|it|es|eng|fra)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+")
_QUESTION_MARKS = {"?", "？", "؟", "՞", "\N{GREEK QUESTION MARK}"}
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|„[^„“”]*[“”]|\"[^\"]*\"")
#: Letters of scripts that need about as many of them for the same words: Latin, Greek, Cyrillic.
_LETTERS = re.compile(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿ]")
_SHORTEST_COMPARED, _LEAST, _MOST = 60, 0.5, 2.2
_WORDS_OF_A_SENTENCE = 5


def faults(source, target):
    """The likely faults of ``target``, a :class:`Text`, beside its ``source``; none if empty."""
    if not source.words.strip() or not target.words.strip():
        return []
    return [
        fault
        for find in (
            _numbers,
            _dates,
            _addresses,
            _same_words,
            _doubled,
            _length,
            _signs,
            _marks,
            _spelling,
        )
        for fault in find(source, target)
    ]


def _numbers(source, target):
    texts = (_ADDRESS.sub(" ", each.words) for each in (source, target))
    return [Fault(Kind.NUMBER, each) for each in dict.fromkeys(missing_numbers(*texts))]


def _dates(source, target):
    return [Fault(Kind.DATE, each) for each in dict.fromkeys(wrong_months(source, target))]


def _spelling(source, target):
    plain = Text(_ADDRESS.sub(" ", target.words), target.language)
    return [Fault(Kind.SPELLING, each) for each in unknown_words(source, plain)]


def _addresses(source, target):
    """Those that are missing; one of the web may be that of another page, in another language."""
    here = [_bare(each) for each in _ADDRESS.findall(target.words)]
    missing = []
    for address in _ADDRESS.findall(source.words):
        if _bare(address) in here:
            here.remove(_bare(address))
        else:
            missing.append(address)
    replaced = sum("://" in each for each in here)
    of_web = [each for each in missing if "://" in each]
    of_mail = [each for each in missing if "://" not in each]
    return [Fault(Kind.ADDRESS, each) for each in [*of_mail, *of_web[replaced:]]]


def _bare(address):
    return _TERRITORY.sub("", address).rstrip(".,;:!?)/")


def _same_words(source, target):
    """Sentences of the source that stand in the translation unchanged, outside of quotations."""
    if _base(source.language) == _base(target.language):
        return
    there = _plain(_QUOTED.sub(" ", target.words))
    for sentence in _SENTENCES.split(_QUOTED.sub(" ", source.words)):
        words = _WORD.findall(sentence)
        common = sum(each[0].islower() for each in words)
        if common >= _WORDS_OF_A_SENTENCE and _plain(sentence) in there:
            yield Fault(Kind.UNTRANSLATED, _shortened(sentence.strip()))


def _plain(text):
    return " ".join(_WORD.findall(text.casefold()))


def _base(language):
    return language.partition("-")[0]


def _shortened(text, length=60):
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _doubled(source, target):
    here, there = (
        language_data(_base(each.language)).REPEATED.split() for each in (target, source)
    )
    if not here:
        return []
    known = len(list(_repeated(source.words, there)))
    return [Fault(Kind.DOUBLED, word) for word in _repeated(target.words, here)][known:]


def _repeated(text, may_be):
    words = list(_WORD.finditer(text))
    for first, second in pairwise(words):
        word = first[0]
        is_again = word.casefold() == second[0].casefold() and word.casefold() not in may_be
        # A name may be doubled, as New York, New York is.
        if is_again and second[0][0].islower() and text[first.end() : second.start()].isspace():
            yield word


def _length(source, target):
    before, after = (_number_of_letters(each.words) for each in (source, target))
    if not before or not after or before < _SHORTEST_COMPARED:
        return
    if after < _LEAST * before:
        yield Fault(Kind.SHORT)
    elif after > _MOST * before:
        yield Fault(Kind.LONG)


def _number_of_letters(text):
    """How many letters ``text`` has; 0 if most are of a script that cannot be compared."""
    letters = len(_LETTERS.findall(text))
    return letters if 2 * letters > sum(map(str.isalpha, text)) else 0


def _signs(source, target):
    texts = [_ADDRESS.sub(" ", each.words) for each in (source, target)]
    marks = _QUESTION_MARKS | {";"} if _base(target.language) == "el" else _QUESTION_MARKS
    if "?" in texts[0] and marks.isdisjoint(texts[1]):
        yield Fault(Kind.QUESTION)
    if not _has_single(texts[0]) and _has_single(texts[1]):
        yield Fault(Kind.QUOTATION)


def _has_single(text):
    """Whether a quotation mark lacks the one that belongs to it."""
    return any(sum(map(text.count, marks)) % 2 for marks in ("«»", "“”„", '"'))


def _marks(source, target):
    if source.marks is None or target.marks is None:
        return
    for kind in (Kind.LINK, Kind.NOTE):
        if target.marks.get(kind, 0) < source.marks.get(kind, 0):
            yield Fault(kind)
    if source.marks.get(Kind.BOLD) and not target.marks.get(Kind.BOLD):
        yield Fault(Kind.BOLD)
