"""Words are compared without case, accents, ligatures, elisions and forms."""

from pathlib import Path

import pytest

from diptych.articles.linguistics import stemming
from diptych.articles.linguistics.folding import fold, fold_text
from diptych.articles.linguistics.tokenizer import folded_words, split_words, token_spans, tokenize


def stems(text, language="fr"):
    return [word.stem for word in tokenize(text, language)]


#: A file for each language, a line for each word; no stemmer knows ``xx``, no list its words.
SAME = {path.stem: path for path in sorted(Path(__file__).with_name("same_words").iterdir())}


@pytest.mark.parametrize("language", SAME)
def test_spellings_and_forms_of_a_word_are_the_same(language, subtests):
    lines = SAME[language].read_text(encoding="utf-8").splitlines()
    assert lines, f"no words in {SAME[language]}"
    for line in lines:
        first, *others = line.split(" = ")
        with subtests.test(first):
            assert {tuple(stems(each, language)) for each in others} == {
                tuple(stems(first, language))
            }
            assert len(stems(first, language)) == 1


DIFFERENT = [
    ("le", "Léa"),
    ("sur", "sûre"),
    ("franc", "français"),
    ("loyer", "loi"),
    ("fois", "foi"),
    ("musée", "muse"),
    ("mer", "mère"),
    ("2027", "2026"),
]


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_words_that_only_look_alike_differ(first, second):
    assert stems(first) != stems(second)


@pytest.mark.parametrize("text", ["l’économie", "d'économie", "qu’économie", "L'ÉCONOMIE"])
def test_what_is_shortened_before_a_vowel_is_a_word_of_its_own(text):
    assert stems(text)[1:] == stems("économie")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("porte-monnaie", ["porte", "monnaie"]),
        ("le covid-19", ["le", "covid", "19"]),
        ("d’Orsay", ["d", "orsay"]),
        ("quelqu’un", ["quelquun"]),
        ("C’est l’été.", ["c", "est", "l", "ete"]),
        ("日本語", ["日", "本", "語"]),
        ("مُحَمَّد", ["محمد"]),
        ("हिन्दी", ["हनद"]),
        ("\u202e🐘\x00*-'’“”", []),
        ("\ud83d", []),
        ("x" * 1000, ["x" * 60]),
    ],
)
def test_words_of_a_text(text, words):
    assert [word.word for word in tokenize(text, "fr")] == words


def test_each_word_has_its_place_in_the_text():
    text = "Les étudiant·e·s d’aujourd’hui (10 000) lisent l’œuvre."
    places = token_spans(text, "fr")
    assert len(places) == len(tokenize(text, "fr"))
    assert [text[start:end] for start, end in places] == [
        *("Les", "étudiant·e·s", "d’", "aujourd’hui", "10 000", "lisent", "l’", "œuvre")
    ]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’Œuvre, à Łódź !", "l’oeuvre, a lodz !"),
        ("Straße", "strasse"),
        ("ﬁn de l’e\u0301te\u0301", "fin de l’ete"),
        ("日本", "日本"),
    ],
)
def test_folding_a_text_keeps_its_punctuation(text, folded):
    assert fold_text(text) == folded
    assert fold(text) == "".join(char for char in folded if char.isalnum())


def test_splitting_without_a_language_leaves_out_single_letters():
    text = "L’Été 2027 d’Anne-Marie : 日本 à Łódź"
    assert split_words(text) == ["Été", "2027", "Anne", "Marie", "日", "本", "Łódź"]
    assert folded_words(text) == ["ete", "2027", "anne", "marie", "日", "本", "lodz"]


def test_without_the_stemmers_words_are_their_own_stems(monkeypatch):
    monkeypatch.setattr(stemming, "snowball", lambda: None)
    monkeypatch.setattr(stemming, "_stemmers", type("NoStemmers", (), {})())
    assert stemming.stem_of("walking", "en") == "walking"
    assert stemming.stem_of("news", "en") == "news"
