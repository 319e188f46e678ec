"""What is said to be wrong with the words of a picture, and what is not."""

import pytest
from django.utils import translation

from diptych.articles.images.alt_texts.faults import LONGEST, text_faults
from diptych.articles.images.alt_texts.kinds import ADVICE, Kind
from diptych.articles.images.alt_texts.language_detection import other_language
from diptych.articles.linguistics.languages import languages_with

FRENCH = "fr"
BOTH = ("fr", "en")
SIX = ("fr", "en", "de", "it", "es", "pt")

HERO = "Une image contenant drapeau, ciel, extérieur, nuage\n\nDescription générée automatiquement"

#: Texts that are fine, names and loan words included: nobody may be bothered about them.
GOOD = {
    "fr": [
        "Un lac gelé",
        "Porte-parole",
        "Charles de Gaulle et Konrad Adenauer",
        "Michel Barnier, Ursula von der Leyen",
        "Affiche du film The Third Man",
        "Signature du traité de Rome en 1957",
        "Brandenburger Tor, Berlin, novembre 1989",
        "L’image d’un pays qui doute",
        "Carte de l’UE-27",
        "Airbus A380-800",
        "Covid-19",
    ],
    "en": [
        "A frozen lake",
        "Portrait of Léa Rochat",
        "Cover of Le Droit de l’Union européenne",
        "Charles de Gaulle and Konrad Adenauer",
        "Ursula von der Leyen at the European Parliament in Strasbourg",
        "Summit in The Hague",
        "A clock that may be an hour late",
    ],
    "de": ["Der Vertrag von Rom wird unterzeichnet", "Charles de Gaulle und Konrad Adenauer"],
    "it": ["La firma del trattato di Roma", "Locandina del film La Haine"],
}

FAULTY = {
    "nothing": ("", Kind.EMPTY),
    "spaces": (" \n ", Kind.EMPTY),
    "a camera": ("IMG_1234.JPG", Kind.FILE_NAME),
    "another camera": ("DSC00012", Kind.FILE_NAME),
    "an export": ("photo-1.webp", Kind.FILE_NAME),
    "a number": ("image1", Kind.FILE_NAME),
    "a screenshot": ("Screenshot 2024-05-01 at 12.03.11", Kind.FILE_NAME),
    "a French screenshot": ("Capture d’écran 2024-05-01 à 12.03.11", Kind.FILE_NAME),
    "a telephone": ("WhatsApp Image 2024-01-02 at 10.00.00", Kind.FILE_NAME),
    "a checksum": ("6f9c2f6e-0d6b-4d1c-9a34-6d1f3f6f0a11", Kind.FILE_NAME),
    "underlines": ("drapeau_ue_final", Kind.FILE_NAME),
    "one word": ("Image", Kind.SAYS_NOTHING),
    "signs": ("…", Kind.SAYS_NOTHING),
    "an opening": ("Une photo de la gare", Kind.OPENING),
    "a source": ("Le lac. Photo : Keystone", Kind.WRONG_FIELD),
    "a right": ("Le lac © Léa Rochat", Kind.WRONG_FIELD),
    "an address": ("Le lac, https://lac.example/", Kind.WRONG_FIELD),
    "English": ("Two students on a bench in front of the library", Kind.WRONG_LANGUAGE),
    "a line too many": ("é" * (LONGEST + 1), Kind.TOO_LONG),
}

MACHINES = [
    HERO,
    "Une image contenant texte Le contenu généré par l’IA peut être incorrect.",
    "Drapeau bleu. Description générée par IA",
    "Peut être une image de 3 personnes et texte",
    "A picture containing flag, sky Description automatically generated",
    "A blue flag\nDescription automatically generated with medium confidence",
    "A flag. AI-generated content may be incorrect.",
    "Image may contain: 1 person, outdoor",
    "May be a black-and-white image of 2 people",
    "No photo description available.",
    "Ein Bild, das Flagge, Himmel enthält. Automatisch generierte Beschreibung",
    "Immagine che contiene bandiera. Descrizione generata automaticamente",
    "Imagen que contiene bandera. Descripción generada automáticamente",
    "Uma imagem contendo bandeira. Descrição gerada automaticamente",
    "Afbeelding met vlag. Automatisch gegenereerde beschrijving",
]


def kinds(*texts, language=FRENCH, languages=BOTH, **values):
    return [
        fault.kind
        for fault in text_faults(*texts, language=language, languages=languages, **values)
    ]


@pytest.mark.parametrize("languages", [BOTH, SIX], ids=["two", "six"])
def test_good_texts_are_left_alone(languages):
    found = {
        text: kinds(text, language=language, languages=languages)
        for language in GOOD
        if language in languages
        for text in GOOD[language]
    }
    assert {text: each for text, each in found.items() if each} == {}


@pytest.mark.parametrize("case", FAULTY)
def test_each_fault_is_found(case):
    text, kind = FAULTY[case]
    assert kinds(text) == [kind]


@pytest.mark.parametrize("text", MACHINES)
def test_what_machines_write_is_known_in_any_language(text):
    assert kinds(text, language="en")[0] == Kind.MACHINE_MADE


def test_the_picture_that_all_this_is_about():
    assert kinds(HERO, HERO, language="en") == [
        Kind.MACHINE_MADE,
        Kind.SAME_AS_CAPTION,
        Kind.WRONG_LANGUAGE,
        Kind.CAPTION_BY_MACHINE,
        Kind.CAPTION_IN_WRONG_LANGUAGE,
    ]


@pytest.mark.parametrize(
    ("caption", "says_the_same"),
    [
        ("Les étudiants traversent le pont gelé", True),
        ("  les ETUDIANTS traversent, le pont gelé. ", True),
        ("Les étudiants traversent le pont gelés", True),
        ("Les étudiants traversent", False),
        ("Au retour de l’examen.", False),
        ("", False),
    ],
)
def test_a_caption_that_repeats(caption, says_the_same):
    found = kinds("Les étudiants traversent le pont gelé", caption)
    assert found == [Kind.SAME_AS_CAPTION] * says_the_same


def test_a_short_caption_that_is_only_similar_is_another():
    assert kinds("Paris, 1951", "Paris, 1952") == []


def test_a_text_equal_to_the_name_of_its_file():
    assert kinds("drapeau-europeen", file_name="drapeau-europeen.jpg") == [Kind.FILE_NAME]
    assert kinds("été-lac", file_name="Été-lac.jpg") == [Kind.FILE_NAME]
    assert kinds("Drapeau européen", file_name="drapeau-europeen.jpg") == []


def test_a_decorative_picture_needs_no_words():
    assert kinds("", decorative=True) == []


@pytest.mark.parametrize(
    ("text", "claimed", "found"),
    [
        ("La gare de Lausanne sous la neige", "en", "fr"),
        ("A frozen lake", "fr", "en"),
        ("Zwei Studentinnen auf einer Bank vor der Bibliothek", "fr", "de"),
        ("Due studentesse su una panchina davanti alla biblioteca", "en", "it"),
        ("Dos estudiantes en un banco delante de la biblioteca", "en", "es"),
        ("Lausanne", "en", None),
        ("12 000", "en", None),
    ],
)
def test_the_language_of_a_text(text, claimed, found):
    assert other_language(text, claimed, SIX) == found


def test_a_variant_of_a_language_is_judged_as_the_language():
    assert other_language("A frozen lake", "fr-ch", ["fr-ch", "en-gb"]) == "en-gb"
    assert other_language("Un lac gelé", "fr-ch", ["fr-ch", "en-gb"]) is None


def test_a_language_without_words_of_its_own_is_never_suspected():
    assert other_language("Two students on a bench", "rm", ["rm", "en"]) is None
    assert other_language("Two students on a bench", "en", ["rm", "en"]) is None


def test_every_fault_has_advice_in_words_that_fill_in():
    long = text_faults("a" * 300, language="en", languages=BOTH)[0]
    wrong = text_faults("La gare sous la neige", language="en", languages=BOTH)[0]
    with translation.override("en"):
        assert "has 300 characters" in long.advice
        assert wrong.advice.endswith("another language: French.")
    assert set(ADVICE) == set(Kind)


def test_every_language_that_is_recognised_has_its_phrases():
    assert languages_with("MACHINE_PHRASES") == languages_with("SMALL_WORDS")
