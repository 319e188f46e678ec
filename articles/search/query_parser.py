"""Parsing what a reader typed into a :class:`Query`: words, quoted phrases, stop words."""

import re
from dataclasses import dataclass, replace

from diptych.articles.linguistics.tokenizer import Token, is_stop_word, stop_word_bigrams, tokenize

#: Characters of a query that are read.
MAX_LENGTH = 200
#: Words, and phrases, of a query that are searched.
MAX_WORDS = 16

#: Quotation marks around a phrase.
QUOTED = re.compile(r"\"([^\"]*)\"|“([^“”]*)”|„([^„“”]*)[“”]|«([^«»]*)»|»([^«»]*)«")
#: A sign for a number and the number, which stand side by side as in a phrase.
NUMBERED = re.compile(r"(?<!\w)(?:n[°º]|no\.|№|#)\s*\d+(?!\w)", re.IGNORECASE)
#: Signs for a number that are no words, and the word in their place.
NUMBER_SIGNS = str.maketrans({"№": "n° ", "#": "n° "})

#: The characters that join the words of a compound such as « sous-titres ».
HYPHENS = ("-", "\N{HYPHEN}", "\N{NON-BREAKING HYPHEN}")


@dataclass(frozen=True, eq=False)
class Term:
    """A word of a query: the stems that match it, each with its weight."""

    token: Token
    stems: dict
    is_stop_word: bool

    @property
    def stem(self):
        return self.token.stem

    def expanded(self, stems, weight):
        """The same term, matched by ``stems`` too, with a lower weight."""
        return replace(self, stems={**dict.fromkeys(stems, weight), **self.stems})


@dataclass(frozen=True)
class Phrase:
    """Stems that have to stand side by side, and the bigrams among them that have a stop word."""

    stems: tuple
    bigrams: tuple

    @property
    def conditions(self):
        bigrams = [[(bigram,)] for bigram in dict.fromkeys(self.bigrams)]
        # One bigram is the whole of a phrase of two words.
        return bigrams if bigrams and len(self.stems) == 2 else [*bigrams, [self.stems]]


@dataclass(frozen=True)
class Query:
    """A parsed query. A text matches if it has all terms, apart from stop words, and phrases.

    Texts that have the ``compounds`` among the terms as they were typed come first.
    """

    text: str
    language: str
    terms: tuple = ()
    phrases: tuple = ()
    compounds: tuple = ()

    def __bool__(self):
        return bool(self.terms or self.phrases)

    @property
    def required(self):
        """The terms a text has to have: stop words only where there is nothing else."""
        telling = [term for term in self.terms if not term.is_stop_word]
        return telling or ([] if self.phrases else list(self.terms))

    @property
    def has_telling_word(self):
        """Whether there is a word, outside of phrases, that is no stop word."""
        return any(not term.is_stop_word for term in self.terms)

    @property
    def has_only_stop_words(self):
        return not self.phrases and not self.has_telling_word

    def conditions(self, without=(), in_headline=False):
        """The conditions of :class:`InvertedIndex` that a text has to meet.

        Terms can be left ``without``. The index of the headline alone has neither bigrams nor
        the order of words: ``in_headline`` asks for the words of a phrase one by one.
        """
        words = [[(stem,) for stem in term.stems] for term in self.required if term not in without]
        if in_headline:
            return words + [[(stem,)] for phrase in self.phrases for stem in phrase.stems]
        return words + [condition for phrase in self.phrases for condition in phrase.conditions]

    @property
    def conditions_with_compounds(self):
        """The conditions that a text meets which has the compounds too."""
        compounds = [each for compound in self.compounds for each in compound.conditions]
        return self.conditions() + compounds

    @property
    def stems(self):
        """All stems that match, each with its weight."""
        stems = {stem: 1.0 for phrase in self.phrases for stem in phrase.stems}
        for term in self.terms:
            stems |= {stem: max(weight, stems.get(stem, 0)) for stem, weight in term.stems.items()}
        return stems


def query_text(request):
    """The query string ``?q=`` in one line."""
    return one_line(request.GET.get("q", ""))


def one_line(text):
    """The input in one line of at most ``MAX_LENGTH`` characters."""
    # No database takes a null character.
    return " ".join(text.replace("\x00", "").split())[:MAX_LENGTH].strip()


def parse_query(text, language):
    """The :class:`Query` that ``text`` is in ``language``; an empty one if it has no words."""
    text = text[:MAX_LENGTH]
    quoted = [match.group(match.lastindex or 0) for match in QUOTED.finditer(text)]
    unquoted = QUOTED.sub(_blank, text)
    quoted += [each.translate(NUMBER_SIGNS) for each in NUMBERED.findall(unquoted)]
    unquoted = NUMBERED.sub(_blank, unquoted)
    phrases = [tokens for each in quoted if (tokens := tokenize(each, language)[:MAX_WORDS])]
    words = tokenize(unquoted, language)[:MAX_WORDS]
    terms = {
        token.stem: Term(token, {token.stem: 1.0}, is_stop_word(token.word, language))
        for token in words
    }
    return Query(
        text=text,
        language=language,
        terms=tuple(terms.values()),
        phrases=tuple(phrase_of(tokens, language) for tokens in phrases[:MAX_WORDS]),
        compounds=tuple(
            phrase_of(tokens, language) for tokens in _compounds(words, unquoted, language)
        ),
    )


def _compounds(words, text, language):
    """The runs of hyphenated ``words`` that have a stop word and do not end with one.

    Of « sous-titres » the search would else ask for « titres » alone. « parle-t-on » is none.
    """
    runs = []
    for word in words:
        run = runs[-1] if runs else []
        between = text[run[-1].end : word.start] if run else " "
        # An elided word ends with its apostrophe: « chef-d’œuvre », but not « l’avant ».
        if between in HYPHENS or (between == "" and len(run) > 1):
            run.append(word)
        else:
            runs.append([word])
    stops = [[is_stop_word(word.word, language) for word in run] for run in runs]
    return [run for run, stop in zip(runs, stops, strict=True) if any(stop) and not stop[-1]]


def _blank(match):
    return " " * len(match.group())


def phrase_of(tokens, language):
    """The :class:`Phrase` of words that stand side by side."""
    stems = tuple(token.stem for token in tokens)
    return Phrase(stems, tuple(stop_word_bigrams(tokens, language)))


def unfinished_term(query):
    """The term that may still be being typed: the last word, if nothing follows it."""
    if not query.terms:
        return None
    term = max(query.terms, key=lambda each: each.token.end)
    rest = query.text[term.token.end :]
    return None if any(char.isalnum() or char in '"”“«»' for char in rest) else term


def replace_terms(query, replacements):
    """The query with a word in the place of each term of ``replacements``; ``None`` removes it."""
    text = query.text
    for term in sorted(replacements, key=lambda each: -each.token.start):
        text = text[: term.token.start] + (replacements[term] or "") + text[term.token.end :]
    return parse_query(" ".join(text.split()), query.language)
