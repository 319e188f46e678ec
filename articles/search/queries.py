"""What somebody typed, as conditions on the words of a text."""

import re
from dataclasses import dataclass, replace

from articles.analysis.tokenizer import Word, is_common, pairs_of, words_of

#: Characters of a query that are read.
MAX_LENGTH = 200
#: Words of a query that are looked for; each is a condition of its own.
MAX_WORDS = 16
#: Words of the shortest phrase.
PAIR = 2

#: Quotation marks, by what closes them.
QUOTED = re.compile(r"\"([^\"]*)\"|“([^“”]*)”|„([^„“”]*)[“”]|«([^«»]*)»|»([^«»]*)«")


@dataclass(frozen=True, eq=False)
class Term:
    """A word that is looked for: the stems that count as it, by how much each counts."""

    word: Word
    stems: dict
    is_common: bool

    @property
    def stem(self):
        return self.word.stem

    def or_one_of(self, stems, worth):
        """The same term, satisfied by any of ``stems`` too."""
        return replace(self, stems={**dict.fromkeys(stems, worth), **self.stems})


@dataclass(frozen=True)
class Query:
    """Words and phrases, all of which a text has to have, but for the most common words."""

    text: str
    language: str
    terms: tuple = ()
    phrases: tuple = ()
    #: For each of the phrases, its pairs of words of which one is common.
    pairs: tuple = ()

    @property
    def required(self):
        """The terms without which nothing is found: the telling ones, if there are any."""
        telling = [term for term in self.terms if not term.is_common]
        return telling or ([] if self.phrases else list(self.terms))

    @property
    def tells(self):
        """Whether there is a word, outside a phrase, that only some texts have."""
        return any(not term.is_common for term in self.terms)

    @property
    def is_vague(self):
        """Whether there is nothing but words that almost every text has."""
        return not self.phrases and all(term.is_common for term in self.terms)

    @property
    def conditions(self):
        """What has to be met: a list of alternatives, each a tuple of stems in a row."""
        return self.conditions_without(None)

    def conditions_without(self, term):
        """What has to be met beside one term."""
        words = [[(stem,) for stem in each.stems] for each in self.required if each != term]
        return words + [
            condition
            for phrase, pairs in zip(self.phrases, self.pairs, strict=True)
            for condition in _phrase_conditions(phrase, pairs)
        ]

    def name_conditions_without(self, term):
        """The same for a headline alone, of which neither pairs nor the order of words is kept."""
        words = [[(stem,) for stem in each.stems] for each in self.required if each != term]
        return words + [[(stem,)] for phrase in self.phrases for stem in phrase]

    @property
    def stems(self):
        """All that counts, by how much: to weigh texts and to mark words."""
        every = {stem: 1.0 for phrase in self.phrases for stem in phrase}
        for term in self.terms:
            every |= {stem: max(worth, every.get(stem, 0)) for stem, worth in term.stems.items()}
        return every

    def __bool__(self):
        return bool(self.terms or self.phrases)


def typed_query(request):
    """The words of ``?q=``, without what no database takes, at most ``MAX_LENGTH`` characters."""
    query = request.GET.get("q", "").replace("\x00", "")
    return " ".join(query.split())[:MAX_LENGTH].strip()


def read_query(text, language):
    """The :class:`Query` that ``text`` is in ``language``; an empty one if it has no words."""
    text = text[:MAX_LENGTH]
    quoted = [
        words_of(match.group(match.lastindex or 0), language)[:MAX_WORDS]
        for match in QUOTED.finditer(text)
    ]
    quoted = [words for words in quoted if words][:MAX_WORDS]
    unquoted = QUOTED.sub(lambda match: " " * len(match.group()), text)
    words = words_of(unquoted, language)[:MAX_WORDS]
    terms = {
        word.stem: Term(word, {word.stem: 1.0}, is_common(word.word, language)) for word in words
    }
    return Query(
        text=text,
        language=language,
        terms=tuple(terms.values()),
        phrases=tuple(tuple(word.stem for word in words) for words in quoted),
        pairs=tuple(tuple(pairs_of(words, language)) for words in quoted),
    )


def _phrase_conditions(phrase, pairs):
    """Its pairs, and all of it in a row where a pair is not already that."""
    found = [[(pair,)] for pair in dict.fromkeys(pairs)]
    return found if pairs and len(phrase) == PAIR else [*found, [phrase]]


def last_term(query):
    """The term that may still be being typed: the last word, if nothing stands after it."""
    if not query.terms:
        return None
    term = max(query.terms, key=lambda each: each.word.end)
    after = query.text[term.word.end :]
    return None if any(char.isalnum() or char in '"”“«»' for char in after) else term


def with_words(query, replacements):
    """The query with other words, by term, in the place of some; ``None`` leaves one out."""
    text = query.text
    for term in sorted(replacements, key=lambda each: -each.word.start):
        word = replacements[term] or ""
        text = text[: term.word.start] + word + text[term.word.end :]
    return read_query(" ".join(text.split()), query.language)
