"""Language detection, tuned against false positives: of short texts, and of whole passages.

Counts function words of each language, and for short texts words common in image descriptions.
Names are left out. A language without an entry in the tables is never detected, nor doubted.
"""

import re
from functools import cache

from diptych.articles.linguistics.folding import fold_text
from diptych.articles.linguistics.tokenizer import stop_words

WORD = re.compile(r"[^\W\d_]+")

_SMALL_WORDS = {
    "fr": "le la les l un une des du de d à au aux et ou en dans sur sous avec sans pour par devant"
    " derrière entre est sont qui que dont se son sa ses leur leurs ce cette ces il elle on vers"
    " chez contre lors depuis pendant",
    "en": "the a an of in on at and or with without for from by to into under over behind between"
    " is are who which that whose its his her their this these those he she it they outside near"
    " during against",
    "de": "der die das den dem des ein eine einer einem einen eines und oder im in am an auf mit"
    " ohne für von vom zu zum zur vor hinter unter über zwischen bei ist sind wird werden sein"
    " seine seinem ihr ihre dieser diese dieses er sie es aus nach während gegen",
    "it": "il lo la i gli le l un una uno di del della dello dei degli delle a al alla alle agli in"
    " nel nella nei con senza per da dal dalla su sul sulla sulle sotto davanti dietro tra fra è"
    " sono che cui suo sua suoi questo questa e o ed durante contro",
    "es": "el la los las un una unos unas de del al a y o en con sin por para sobre bajo ante desde"
    " hasta entre es son está están que quien su sus este esta estos estas se durante contra"
    " delante detrás",
    "pt": "o a os as um uma uns umas de do da dos das ao à aos às e ou em no na nos nas com sem por"
    " para sobre sob entre é são está estão que quem seu sua seus suas este esta durante contra"
    " diante atrás",
    "nl": "de het een van en of in op aan met zonder voor door bij naar uit over onder achter"
    " tussen is zijn wordt die dat wie haar hun deze dit tijdens tegen naast",
}
_PICTURE_WORDS = {
    "fr": "vue carte affiche drapeau drapeaux femme femmes homme hommes jeune jeunes enfants"
    " couverture poignée tableau dessin graphique montrant souriant assis debout étudiants",
    "en": "view map poster flag flags woman women man men young people children cover handshake"
    " drawing chart showing smiling sitting standing students",
    "de": "blick karte plakat flagge frau frauen mann männer junge junger leute kinder titelbild"
    " zeichnung tabelle zeigt lächelnd sitzt steht studierende",
    "it": "veduta vista carta manifesto bandiera donna donne uomo uomini giovane giovani bambini"
    " copertina disegno grafico sorridente seduto studenti",
    "es": "vista mapa cartel bandera mujer mujeres hombre hombres joven jóvenes niños portada"
    " dibujo gráfico sonriente sentado estudiantes",
    "pt": "vista mapa cartaz bandeira mulher mulheres homem homens jovem jovens crianças capa"
    " desenho gráfico sorridente sentado estudantes",
    "nl": "uitzicht kaart affiche vlag vrouw vrouwen man mannen jonge mensen kinderen omslag"
    " tekening grafiek lachend zittend studenten",
}
WORDS = {
    language: frozenset(f"{words} {_PICTURE_WORDS[language]}".split())
    for language, words in _SMALL_WORDS.items()
}

#: Particles of names: Charles de Gaulle, Ursula von der Leyen.
_WITHIN_NAMES = "de du des la le d von der van den zu di da della del dello dos das do of the"
WITHIN_NAMES = frozenset(_WITHIN_NAMES.split())

#: Minimum number of words of another language…
ENOUGH = 2
#: …and their minimum ratio to those of its own.
MARGIN = 2


def other_language(text, language, languages):
    """The one of ``languages`` that ``text`` is probably written in instead of ``language``.

    ``None`` without clear evidence.
    """
    own = _known(language)
    others = [code for code in languages if code != language and _known(code)]
    if own is None or not others:
        return None
    found, opening = _common_words(text)
    points = {code: _points(WORDS[_known(code)], found, opening) for code in [language, *others]}
    best = max(others, key=points.get)
    if points[best] >= ENOUGH and points[best] > MARGIN * points[language]:
        return best
    return None


#: Of the words of a passage in another language, at least one in this many is a function word that
#: only that language has…
ONE_IN = 6
#: …and at least as many as this; its own language has less than one for so many of the other.
ENOUGH_OF_A_PASSAGE, MARGIN_OF_A_PASSAGE = 3, 3


def language_of_passage(text, language, languages):
    """The one of ``languages`` in which a passage of a dozen words or more reads, if not its own.

    ``None`` without clear evidence. Only function words count that the other of two languages
    has not, so that « a », « on » or « des » say nothing.
    """
    own = _known(language)
    if own is None:
        return None
    words = [fold_text(word) for word in WORD.findall(text)]
    needed = max(ENOUGH_OF_A_PASSAGE, len(words) / ONE_IN)
    best, most = None, 0
    for code in languages:
        other = _known(code)
        if other is None or other == own:
            continue
        theirs = sum(word in _only_in(other, own) for word in words)
        ours = sum(word in _only_in(own, other) for word in words)
        if theirs >= needed and theirs >= MARGIN_OF_A_PASSAGE * ours and theirs > most:
            best, most = code, theirs
    return best


@cache
def _only_in(language, other):
    """The folded function words of ``language`` that ``other`` has not."""
    return _function_words(language) - _function_words(other)


@cache
def _function_words(language):
    return frozenset(map(fold_text, _SMALL_WORDS[language].split())) | stop_words(language)


def _known(language):
    """The key of the tables for ``language``: itself or, for ``fr-ch``, its main language."""
    main = language.split("-")[0].lower()
    return language if language in WORDS else main if main in WORDS else None


def _points(words, found, opening):
    return sum(word in words for word in found) + (opening in words)


def _common_words(text):
    """The words that are not names and, if a lower-case word follows it, the first word.

    The first word is returned by itself for "A frozen lake", not for "The Hague".
    """
    words = WORD.findall(text)
    found = [
        word.lower()
        for place, word in enumerate(words)
        if place == 0 or (word.islower() and not _is_within_name(words, place))
    ]
    opens = len(words) > 1 and words[1].islower()
    return found, words[0].lower() if opens else None


def _is_within_name(words, place):
    if words[place] not in WITHIN_NAMES:
        return False
    before = after = place
    while before > 0 and words[before] in WITHIN_NAMES:
        before -= 1
    while after < len(words) and words[after] in WITHIN_NAMES:
        after += 1
    return after < len(words) and words[before][0].isupper() and words[after][0].isupper()
