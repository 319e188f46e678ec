"""The tokenizer: splits a text into words, each folded and stemmed, with its position.

:func:`tokenize` reads a text by the rules of its language, for an index of stems.
:func:`folded_words` is the quick way without language or stems, for comparing whole texts.
"""

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from diptych.articles.linguistics.folding import fold, fold_text
from diptych.articles.linguistics.stemming import principal_form, stem_of

#: Function words that say little about a text. Search keeps them in the index, for phrases and
#: titles made of them, and gives them little weight.
STOP_WORDS = {
    "fr": """
        à ai aie aient ait alors après as au aucun aucune aussi autre autres aux avait avant avec
        avez avoir avons c car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci
        comme comment d dans de depuis des dès donc dont du durant elle elles en encore entre es
        est et étaient était étant été êtes être eu eux fait font hors il ils j je jusqu jusque l
        la là laquelle le lequel les lesquelles lesquels leur leurs lors lorsqu lorsque lui m ma
        mais me même mêmes mes mien moi moins mon n ne ni nos notre nous on ont ou où par parce
        pas pendant peu peut plus pour pourquoi près puis puisque qu quand que quel quelle quelles
        quels qui quoi quoique s sa sans se sera ses si sien soi sois soit son sommes sont sous
        suis sur t ta tandis te tel telle telles tels tes toi ton tous tout toute toutes très tu
        un une vers via voici voilà vos votre vous y
    """,
    "en": """
        a about after again all also am an and any are as at be because been before being between
        both but by can could d did do does doing don down during each else ever few for from
        further get had has have having he her here hers him his how i if in into is it its just
        ll m may me might more most my no nor not of off on once only or other our out over own
        re s same shall she should so some such t than that the their them then there these they
        this those through to too under until up upon us ve very was we were what when where
        which while who whom whose why will with would you your
    """,
    "de": """
        ab aber als am an auch auf aus bei bin bis bist da damit dann das dass dein dem den denn
        der des dich die dies diese diesem diesen dieser dieses dir doch du durch ein eine einem
        einen einer eines er es euch für hat hatte hatten ich ihm ihn ihr ihre im in ist ja kann
        kein keine man mehr mein mich mir mit nach nicht noch nun nur ob oder ohne schon sehr sein
        seine sich sie sind so soll über um und uns unser unter vom von vor war waren was weil
        wenn wer werden wie wir wird wo zu zum zur
    """,
    "it": """
        a ad agli ai al alla alle allo anche c che chi ci come con cui d da dagli dai dal dalla
        dalle dallo degli dei del dell della delle dello di dove e ed era essere fra gli ha hanno
        ho i il in io l la le lei li lo loro lui ma mi mio ne negli nei nel nella nelle nello noi
        non o per perché più quale quando quella quelle quelli quello questa queste questi questo
        se sei si sia sono su sua sue sugli sui sul sulla sulle sullo suo tra tu un una uno voi
    """,
}


@cache
def stop_words(language):
    """The folded stop words of ``language``; empty where there is no list."""
    return frozenset(fold(word) for word in STOP_WORDS.get(language, "").split())


#: Combining marks that belong to the letter before them.
MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
INDIC = "\u0900-\u0963\u0966-\u0dff\u0e00-\u0e7f"
#: Characters of scripts written without spaces between words: each is a word.
ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
LETTER = rf"(?:(?![{ALONE}])[^\W_]|[{MARKS}{INDIC}])"

NUMBER = r"(?<!\d)\d{1,3}(?:[ \u00a0\u2009\u202f'’.,]\d{3})+(?!\d)"
ACRONYM = r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"
WORD = rf"[^\W_]{LETTER}*(?:['’]{LETTER}+)*"
#: A word of :func:`split_words`: apostrophes end it, and single letters (l’, d’, s) are none.
PLAIN_WORD = re.compile(rf"[{ALONE}]|[^\W_{ALONE}]{{2,}}")

#: Middle dots, which only gender-inclusive spellings put into a word.
DOTS = "·•⋅‧∙・"
#: Endings of gender-inclusive spellings: « étudiant·e·s », « acteur/trice », „Bürger*in“.
ENDINGS = {
    "fr": (
        "[er]?s|x|e|ne|nes|le|les|te|tes|ve|ves|se|ses|sse|sses|re|res|che|ches|fe|fes"
        "|[eè]re|[eè]res|i[eè]re|i[eè]res|euse|euses|eure|eures|esse|esses|ale|ales"
        "|t?rice|t?rices|ice|ices|elle|elles|enne|ennes|lle|lles|nne|nnes|onne|onnes|tte|ttes"
    ),
    "de": "innen|in|e|n|r|en|er",
}
#: The characters between the word and such an ending, beside ``DOTS``.
JOINTS = {"fr": r"[.\-/]", "de": r"[*:_/]-?"}

#: Elided words, which an apostrophe parts from the next; other apostrophes belong to the word.
ELIDED = {
    "fr": "[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu",
    "it": r"[^\W\d_]+",
    "ca": "[dlmnst]",
    "oc": "[dlmnst]|qu",
}
#: For all other languages, which borrow names: l’Hermitage, d’Orsay.
ELIDED_ANYWHERE = "[dl]"


@cache
def pattern_of(language):
    """The regular expression that finds the words of a text in ``language``.

    Its groups: ``number`` and ``acronym`` are joined over the signs in them, of ``inclusive``
    only ``base`` is kept, ``elided`` is an article without its vowel.
    """
    elided = ELIDED.get(language, ELIDED_ANYWHERE)
    kinds = [f"(?P<number>{NUMBER})", f"(?P<acronym>{ACRONYM})"]
    if language in ENDINGS:
        kinds.append(_inclusive_spelling(ENDINGS[language], JOINTS[language]))
    kinds.append(rf"(?<![^\W_])(?P<elided>{elided})['’](?=[^\W_]{LETTER})")
    kinds += [f"[{ALONE}]", WORD]
    return re.compile("|".join(kinds), re.IGNORECASE)


def _inclusive_spelling(endings, joint):
    middle = rf"(?:[{DOTS}]{LETTER}{{1,6}})"
    joined = rf"(?:{joint}(?:{endings})(?!{LETTER}))"
    in_brackets = rf"(?:\(-?(?:{endings})\)s?(?!{LETTER}))"
    return rf"(?P<inclusive>(?P<base>{LETTER}{{3,}}?)(?:{middle}|{joined}|{in_brackets})+)"


#: Joins two stems to one token of an index. Folding leaves no such letter in a stem.
JOINT = "œ"
#: Longest word kept, in letters; the rest is cut off.
LONGEST = 60


class Token(NamedTuple):
    """A token: a word of a text and its position there.

    ``word`` is folded, ``spelling`` is the word as written.
    """

    start: int
    end: int
    word: str
    stem: str
    spelling: str


def main_language(language):
    """The language code without its country: ``fr`` for ``fr-ch``."""
    return language.split("-")[0].lower()


def tokenize(text, language):
    """The :class:`Token` of each word of ``text``, in order."""
    return list(tokens_of(text, language))


def tokens_of(text, language):
    """The same one by one, for reading the beginning of a long text."""
    language = main_language(language)
    for match in pattern_of(language).finditer(text):
        if read := _read(_significant_part(match), language):
            yield Token(match.start(), match.end(), *read)


def token_spans(text, language):
    """Start and end of each word that :func:`tokenize` finds in ``text``."""
    return [(word.start, word.end) for word in tokenize(text, language)]


def stop_word_bigrams(words, language):
    """Bigrams of neighbouring words of which at least one is a stop word, each as one token.

    An index finds a phrase by them without reading the positions of a stop word in every text.
    """
    common = stop_words(main_language(language))
    return [
        f"{first.stem}{JOINT}{second.stem}"
        for first, second in pairwise(words)
        if first.word in common or second.word in common
    ]


def is_stop_word(word, language):
    """Whether a folded word is a stop word of ``language``."""
    return word in stop_words(main_language(language))


def _significant_part(match):
    if match.lastgroup == "inclusive":
        return match["base"]
    word = match["elided"] or match.group()
    if word[-2:] in ("'s", "’s", "'S", "’S"):
        return word[:-2]
    return word


@lru_cache(maxsize=200_000)
def _read(written, language):
    """The folded word, stem and spelling of a word as written; ``None`` if no letter is left."""
    word = fold(written)[:LONGEST]
    if not word:
        return None
    stem, common = stem_of(word, language), stop_words(language)
    if stem in common and word not in common:
        # Léa is not le, nor sûre sur.
        stem = principal_form(word, language)
    return word, stem, written[: 2 * LONGEST]


def split_words(text):
    """The words of ``text`` as written: runs of two or more letters or digits, in any language."""
    return PLAIN_WORD.findall(text)


def folded_words(text):
    """The folded words of ``text``, without stemming; quicker than :func:`tokenize`."""
    return split_words(fold_text(text))
