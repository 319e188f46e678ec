"""Checks of the alternative text and caption of one image in one language."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import PurePath

from django.utils.translation import gettext as _

from diptych.articles.images.alt_texts.kinds import ADVICE, HINTS, Kind
from diptych.articles.images.alt_texts.language_detection import other_language
from diptych.articles.images.alt_texts.machine_made import is_machine_made, without_phrases
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.linguistics.folding import fold_line

_NO_WORD = re.compile(r"[\W_]+")


def words_of(text):
    """The folded words of a text joined by spaces, without punctuation."""
    return " ".join(_NO_WORD.sub(" ", fold_line(text)).split())


SUFFIX = re.compile(
    r"\.(jpe?g|jfif|png|gif|webp|avif|hei[cf]|tiff?|bmp|svg|cr[23]|nef|dng|psd|eps|pdf)$"
)

#: Prefixes of file names made by cameras and programs, before a number or date.
BEGINNINGS = (
    r"img|dsc[fn_]?|pict?|mvimg|pxl|gopr|dji|vid|wa|cimg|imgp|sam|fb_img|"
    r"whatsapp image|photo|image|picture|foto|bild|immagine|imagen|scan|numerisation|"
    r"screenshot|screen shot|capture d'ecran|bildschirmfoto|schermata|captura de pantalla|"
    r"untitled|sans titre|unbenannt|unnamed|download|telechargement|file|fichier"
)
NUMBERED = re.compile(
    rf"^({BEGINNINGS})[ _.-]*\(?((at|um|alle|from|de|du|le|a) )?\d[\d\s_.:()atumle-]*$"
)

#: Checksums, random names, dates and times.
HEXADECIMAL = re.compile(r"^(?=.*\d)([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{20,})$")
DIGITS = re.compile(r"^[\d_.:()\s-]{4,}$")
#: Words joined by underscores, or by hyphens next to a number.
JOINED = re.compile(r"^\S*[^\W_]_\w\S*$|^(?=.*\d)[\w.]+(-[\w.]+){2,}$")
SEVERAL_HYPHENS = 3


def is_file_name(folded_text, file_name=""):
    """Whether a folded text is a file name.

    ``file_name`` is that of the picture itself: a text of several words may well be equal to
    it, as people name their files after what they show.
    """
    if not folded_text:
        return False
    patterns = (SUFFIX, NUMBERED, HEXADECIMAL, DIGITS, JOINED)
    if any(pattern.search(folded_text) for pattern in patterns):
        return True
    if " " in folded_text:
        return False
    stem = fold_line(PurePath(file_name).stem)
    return folded_text.count("-") >= SEVERAL_HYPHENS or ("-" in stem and folded_text == stem)


#: A screen reader reads an alternative text in one go, without a way back. The usual advice of
#: 125 to 150 characters is about English; French needs a fifth more for the same.
LONGEST = 180

#: Similarity from which two texts count as the same (0 to 1); short ones must be equal.
ALIKE = 0.9
LONG_ENOUGH_TO_BE_ALIKE = 15

#: Words that only mean "image".
_NOTHING = (
    "alt image images img photo photos photographie picture pictures bild foto fotos immagine"
    " imagen imagem afbeelding illustration graphic graphique logo icon icone hero banner"
    " test todo tbd xxx x na n a none aucun aucune untitled description legende caption"
)
NOTHING = frozenset(_NOTHING.split())

OPENING = re.compile(
    r"^((an?|une?|ein|un'|uma|een) ?)?"
    r"((image|picture|photo(graph|graphie)?|illustration) (of|d'|de |du |des )"
    r"|(bild|foto) (von|mit|di|de|van) |(immagine|imagen|imagem|afbeelding) (di|de|van) )"
)
OTHER_FIELD = re.compile(
    r"©|\(c\) ?\w|https?:/|www\.|\bcopyright\b|\b(photo|foto|image|bild|credit|source|quelle)s? ?:"
    r"|\bcredits? (photo|image)\b|\b(photo|image) credits?\b|\ball rights reserved\b"
    r"|\btous droits reserves\b|\balle rechte vorbehalten\b|</?[a-z]+[^<>]*>"
)


@dataclass(frozen=True)
class Fault:
    """A problem of a text: its kind, and the parameters of the advice."""

    kind: Kind
    detail: str = ""

    @property
    def is_hint(self):
        return self.kind in HINTS

    @property
    def advice(self):
        """The advice in the active language."""
        named = translated_language_name(self.detail) if self.is_about_language else ""
        return str(ADVICE[self.kind]) % {
            "language": named,
            "length": self.detail,
            "longest": LONGEST,
        }

    @property
    def is_about_language(self):
        return self.kind in (Kind.WRONG_LANGUAGE, Kind.CAPTION_IN_WRONG_LANGUAGE)

    @property
    def is_about_caption(self):
        return self.kind in (Kind.CAPTION_BY_MACHINE, Kind.CAPTION_IN_WRONG_LANGUAGE)


def text_faults(alt, caption="", *, language, languages=None, file_name="", decorative=False):
    """The faults of an alternative text and caption in ``language``, worst first.

    ``alt`` and ``caption`` are the texts for readers, from any source. ``languages`` are the
    languages it may be confused with, all of the site by default.
    """
    if decorative:
        return []
    languages = tuple(languages or available_languages())
    return list(_text_faults(alt or "", caption or "", language, languages, file_name))


@lru_cache(maxsize=4096)
def _text_faults(alt, caption, language, languages, file_name):
    """The faults, kept in memory as a request asks for those of a text several times."""
    faults = list(_faults_of_alt(alt, caption, file_name))
    if alt.strip() and not any(fault.kind == Kind.FILE_NAME for fault in faults):
        faults += _language_faults(alt, language, languages, Kind.WRONG_LANGUAGE)
    faults += _faults_of_caption(caption, language, languages)
    order = list(Kind)
    return sorted(faults, key=lambda fault: order.index(fault.kind))


def _faults_of_alt(alt, caption, file_name):
    text = fold_line(alt)
    if not text:
        yield Fault(Kind.EMPTY)
        return
    by_machine = is_machine_made(text)
    if by_machine:
        yield Fault(Kind.MACHINE_MADE)
    elif is_file_name(text, file_name):
        yield Fault(Kind.FILE_NAME)
    elif not words_of(alt) or NOTHING.issuperset(words_of(alt).split()):
        yield Fault(Kind.SAYS_NOTHING)
    elif OPENING.match(text):
        yield Fault(Kind.OPENING)
    if have_same_text(alt, caption):
        yield Fault(Kind.SAME_AS_CAPTION)
    if OTHER_FIELD.search(text):
        yield Fault(Kind.WRONG_FIELD)
    length = len(" ".join(alt.split()))
    if length > LONGEST:
        yield Fault(Kind.TOO_LONG, str(length))


def _faults_of_caption(caption, language, languages):
    if not caption.strip():
        return []
    faults = _language_faults(caption, language, languages, Kind.CAPTION_IN_WRONG_LANGUAGE)
    if is_machine_made(fold_line(caption)):
        faults.append(Fault(Kind.CAPTION_BY_MACHINE))
    return faults


def _language_faults(text, language, languages, kind):
    other = other_language(text, language, languages)
    return [Fault(kind, other)] if other else []


def is_repeat(alt, caption):
    """Whether a caption is an alternative text, but for case, spaces and the final full stop."""
    one, other = (" ".join(each.split()).rstrip(".").casefold() for each in (alt, caption))
    return bool(one) and one == other


def why_no_repeat():
    """Why a caption is refused that :func:`is_repeat`."""
    return _(
        "The caption must not repeat the alternative text: people who hear the "
        "page would hear it twice. Say what the picture means, or leave this empty."
    )


def have_same_text(first, second):
    """Whether two texts are nearly identical."""
    one, other = (words_of(without_phrases(fold_line(text))) for text in (first, second))
    if not one or not other:
        return False
    if one == other:
        return True
    if min(len(one), len(other)) < LONG_ENOUGH_TO_BE_ALIKE:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # Each ratio is an upper bound of the next one and cheaper to compute.
    return all(
        ratio() >= ALIKE for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    )
