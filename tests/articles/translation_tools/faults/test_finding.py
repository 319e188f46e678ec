"""Likely faults of a translation: what is found in pairs of texts, and what is right as it is."""

import pytest

from diptych.articles.translation_tools.faults.finding import (
    Fault,
    Kind,
    Text,
    faults,
)
from diptych.articles.translation_tools.faults.spelling import check_setting

LONG = "Les archives du village ont gardé les lettres de trois familles pendant deux siècles."

#: French, English, and the kind that is found in the English.
WRONG = [
    ("Le lac gèle en 1998.", "The lake freezes in 1989.", Kind.NUMBER),
    ("Il y avait 1 500 lettres.", "There were 15,000 letters.", Kind.NUMBER),
    ("Il a 3 sœurs.", "He has 4 sisters.", Kind.NUMBER),
    ("Une hausse de 2,5 %.", "A rise of 25.5%.", Kind.NUMBER),
    ("Le 3 mai 2020.", "On 3 May 2021.", Kind.NUMBER),
    ("Le 3 mars 2024.", "On May 3, 2024.", Kind.DATE),
    ("Le 7 mars.", "On May 7th.", Kind.DATE),
    ("En mars 2024.", "In May of 2024.", Kind.DATE),
    ("Le 1er mars, puis le 2 avril.", "On 1 March, then on the 2nd of June.", Kind.DATE),
    ("Le 3.3.2024.", "On 3 May 2024.", Kind.DATE),
    ("Le 15/03/2024.", "On April 15, 2024.", Kind.DATE),
    ("Le lac a gelé en 1998. Puis il a fondu.", "The lake froze. Then it thawed.", Kind.NUMBER),
    ("Les portes ferment à 17 h 30.", "Doors close at 5:45 pm.", Kind.NUMBER),
    ("Les portes ferment à 17 h 30.", "Doors close at 5.45 p.m.", Kind.NUMBER),
    ("Une hausse de 2,30 % à 17 h 30.", "A rise of 2.40% at 5.30 p.m.", Kind.NUMBER),
    ("De 1880-1881.", "From 1880-82.", Kind.NUMBER),
    ("De 1880-82.", "From 1880–1881.", Kind.NUMBER),
    ("De 1880-1881.", "From 1880–91.", Kind.NUMBER),
    ("La guerre de 1914-1918.", "The war of 1914–19.", Kind.NUMBER),
    ("La guerre de 1914-1918.", "The war of 1914.", Kind.NUMBER),
    ("Pages 123-127.", "Pages 123–37.", Kind.NUMBER),
    ("De 1999 à 2002.", "From 1999–03.", Kind.NUMBER),
    ("Il y avait 1881 lettres.", "There were 81 letters.", Kind.NUMBER),
    ("Il y avait 127 lettres.", "There were 27 letters.", Kind.NUMBER),
    ("De 10 à 14.", "From 10–4.", Kind.NUMBER),
    ("Les années 1990.", "The 1980s.", Kind.NUMBER),
    ("Écrivez à lea@example.org.", "Write to leo@example.org.", Kind.ADDRESS),
    ("Voir https://example.org/fr/lac.", "See the website.", Kind.ADDRESS),
    (LONG, LONG, Kind.UNTRANSLATED),
    (
        "Bonjour. Le lac gèle chaque hiver depuis longtemps.",
        "Hello. Le lac gèle chaque hiver depuis longtemps.",
        Kind.UNTRANSLATED,
    ),
    ("Le lac gèle en hiver.", "The lake freezes in the the winter.", Kind.DOUBLED),
    (LONG, "The archives kept letters.", Kind.SHORT),
    (LONG, f"{'The archives of the village have kept these letters. ' * 4}", Kind.LONG),
    ("Qui garde ces lettres ?", "Who keeps these letters.", Kind.QUESTION),
    ("Il dit : « Le lac gèle. »", "He says: “The lake freezes.", Kind.QUOTATION),
    ("Il dit : « Le lac gèle. »", 'He says: "The lake freezes.', Kind.QUOTATION),
]
RIGHT = [
    ("Il y avait 1 500 lettres.", "There were 1,500 letters."),
    ("Il y avait 1\u202f500,50 francs.", "There were 1,500.50 francs."),
    ("Le 03.05.2020, à 17 h 30.", "On 5/3/2020, at 5:30 p.m."),
    ("Il est 6 h 40 et non 6 h 30, en 1998.", "It is 6.40 a.m. and not 6.30, in 1998."),
    ("Doors close at 5.30 p.m., or at 11.15.", "Die Türen schließen um 17:30 oder 11:15."),
    ("Türen um 17.30 Uhr, 2,30 Franken.", "Portes à 17h30, 2,30 francs."),
    ("Le 3 mars 2024, le 4.5.2024.", "On March 3, 2024, and on 4 May."),
    ("Le 3 mars 2024.", "On 03/03/2024."),
    ("Le 3 mars 2024.", "On the third of March 2024."),
    ("Le 3 mars, et en mai 2024.", "On 3 March, and in May 2024."),
    ("Le 2024-03-05.", "On the 5th of March, 2024."),
    ("Les années 1990, les années 90.", "The 1990s, the ’90s."),
    ("De 1880-1881.", "From 1880–81."),
    ("La guerre de 1914-1918.", "The war of 1914–’18."),
    ("La saison 1998-1999.", "The 1998/99 season."),
    ("De 1999 à 2002.", "From 1999–02."),
    ("De 2001 à 2002.", "From 2001–2."),
    ("Pages 123-127, 1234\u202f–\u202f1238.", "Pages 123–27, 1234–38."),
    ("Pages 123-127.", "Pages 123–7."),
    ("De 1880-81.", "From 1880-81."),
    ("Les années 1990.", "The 1990s."),
    ("Au 19e siècle, 20 personnes.", "In the nineteenth century, twenty people."),
    ("Le 21e siècle.", "The twenty-first century."),
    ("Im 21. Jahrhundert.", "In the twenty-first century."),
    ("Cent personnes.", "100 people."),
    ("Il a 100 lettres.", "He has a hundred letters."),
    ("Voir https://example.org/fr/lac.", "See https://example.org/en/lac."),
    ("Nous nous levons.", "We get up."),
    (
        "Il dit : « The lake freezes every winter since long. »",
        "He says: “The lake freezes every winter since long.”",
    ),
    (
        "Marie Curie, Pierre Curie, Albert Einstein, Niels Bohr",
        "Marie Curie, Pierre Curie, Albert Einstein, Niels Bohr",
    ),
    ("Il savait que cela était vrai.", "He knew that that was true."),
    ("Voir https://example.org/?q=lac", "See https://example.org/?q=lac"),
    ("« Le lac gèle", "“The lake freezes"),
    ("", "Anything at all 12"),
    ("Le lac gèle en 1998 ?", " "),
]


def kinds(source, target, languages=("fr", "en")):
    texts = (Text(each, code) for each, code in zip((source, target), languages, strict=True))
    return [each.kind for each in faults(*texts)]


@pytest.mark.parametrize(("source", "target", "kind"), WRONG)
def test_a_fault_is_found(source, target, kind):
    assert kinds(source, target) == [kind]


@pytest.mark.parametrize(("source", "target"), RIGHT)
def test_what_is_right_has_no_fault(source, target):
    assert kinds(source, target) == []


@pytest.mark.parametrize(("source", "target"), RIGHT)
def test_what_is_right_has_none_the_other_way_round(source, target):
    assert kinds(target, source, ("en", "fr")) == []


def test_texts_in_other_scripts_are_not_measured_and_have_question_marks_of_their_own():
    assert kinds(LONG, "村の文書館は二百年にわたり三家族の手紙を守ってきた。", ("fr", "ja")) == []
    assert kinds("Qui garde ces lettres ?", "誰がこの手紙を守るのか？", ("fr", "ja")) == []
    assert kinds("Qui garde ces lettres ?", "Ποιος φυλάει αυτά τα γράμματα;", ("fr", "el")) == []


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("de", "Am 3. März 2024.", "Am 3. Mai 2024."),
        ("it", "Il 3 marzo 2024.", "Il 3 maggio 2024."),
        ("es", "El 3 de marzo de 2024.", "El 3 de mayo de 2024."),
        ("ru", "3 марта 2024 года.", "3 мая 2024 года."),
    ],
)
def test_months_have_the_names_of_each_language(language, right, wrong):
    source = "Le 3 mars 2024."
    assert kinds(source, right, ("fr", language)) == []
    assert kinds(source, wrong, ("fr", language)) == [Kind.DATE]


def test_the_same_language_elsewhere_may_use_the_same_words():
    assert kinds(LONG, LONG, ("fr", "fr-ch")) == []


def test_words_that_may_stand_twice_are_those_of_the_language():
    assert kinds("They wash.", "Ils se lavent et nous nous levons.", ("en", "fr")) == []
    assert kinds("The lake.", "Le le lac.", ("en", "fr")) == [Kind.DOUBLED]
    assert kinds("Le lac.", "Danau danau itu.", ("fr", "id")) == []


def test_lost_marks():
    source = Text("Un lac.", "fr", {Kind.LINK: 2, Kind.NOTE: 1, Kind.BOLD: 2})
    assert [each.kind for each in faults(source, Text("A lake.", "en", {Kind.LINK: 1}))] == [
        Kind.LINK,
        Kind.NOTE,
        Kind.BOLD,
    ]
    assert faults(source, Text("A lake.", "en", {Kind.LINK: 2, Kind.NOTE: 1, Kind.BOLD: 1})) == []


def test_every_kind_has_a_sentence_with_its_words(in_english):
    texts = (Text("Il y a 1998 lettres.", "fr"), Text("Some letters.", "en"))
    assert [str(each) for each in faults(*texts)] == ["The number “1998” is missing."]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_sentence(kind):
    assert str(Fault(kind, "x"))


@pytest.fixture
def dictionary(settings, tmp_path):
    """A dictionary of six English words."""
    pytest.importorskip("hunspell")
    (tmp_path / "tiny.aff").write_text("SET UTF-8\n")
    (tmp_path / "tiny.dic").write_text("6\nthe\nlake\nof\nis\ndon't\nin\n")
    settings.DIPTYCH_SPELLING = {"en": str(tmp_path / "tiny")}


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("The lake of Geneva is the lake.", []),
        ("The lkae of the 19th is in the laek.", ["lkae", "laek"]),
        ("Don’t, the-lake l’Orient lac.", []),
        ("The lake lkae@example.org", []),
        ("A pre-lake, the pre-lkae.", ["pre-lkae"]),
    ],
)
@pytest.mark.parametrize("language", ["en", "en-us"])
def test_words_that_the_dictionary_lacks(dictionary, language, target, words):
    found = faults(Text("Le lac, 19.", "fr"), Text(target, language))
    assert [each.words for each in found if each.kind == Kind.SPELLING] == words


def test_no_dictionary_for_another_language(dictionary):
    assert kinds("The lake.", "Le laac.", ("en", "fr")) == []


def test_the_check_names_a_dictionary_that_is_missing(settings, tmp_path, in_english):
    settings.DIPTYCH_SPELLING = {"fr": str(tmp_path / "fr")}
    (said,) = check_setting(None)
    assert f"no dictionary {tmp_path}/fr" in said.msg or "chunspell" in said.msg
    assert kinds("The lake.", "Le laac.", ("en", "fr")) == []
    settings.DIPTYCH_SPELLING = {}
    assert check_setting(None) == []
