"""Reads TMX files of any program, 1.1 to 1.4b, unit by unit."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from lxml import etree

from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.translation_tools.concordance.passages import LONGEST
from diptych.articles.translation_tools.concordance.tmx import DATE, LANGUAGE
from diptych.articles.translation_tools.formats.reading import FileRefused, language_of
from diptych.articles.translation_tools.formats.xliff1 import name_of
from diptych.articles.translation_tools.segments import Segment

#: Elements of a text whose content are codes of its format, as against ``hi`` and ``sub``.
CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
#: How OmegaT writes the codes of a text, as text.
OMEGAT_CODES = re.compile(r"</?[a-z]{1,3}\d{1,4}/?>")
#: The most languages that a message names.
MOST_NAMED = 10


@dataclass
class Unit:
    """A unit of a file, its texts in two languages, and why it cannot be taken, if so."""

    number: int
    text: str = ""
    other_text: str = ""
    written_at: object = None
    reason: str = ""
    #: How its program names it, if it does.
    tuid: str = ""


def units(stream, language, other_language):
    """The :class:`Unit` objects of a binary ``stream``, one at a time, in the same memory.

    Raises :class:`FileRefused`, also after some of them: for a file that is damaged, that declares
    entities, and where no unit has a text in each of the two languages.
    """
    number, found, languages = 0, 0, Counter()
    for number, (element, is_omegat) in enumerate(_elements(stream), start=1):
        variants = _variants(element, is_omegat, languages)
        unit = _unit(number, variants, language, other_language)
        unit.tuid = element.get("tuid", "").strip()
        found += language in variants and other_language in variants
        yield unit
    if number and not found:
        message = _("No unit of the file is in both languages. The file has these: %(languages)s.")
        named = ", ".join(code for code, _count in languages.most_common(MOST_NAMED)) or "–"
        raise FileRefused(message % {"languages": named})
    if not number:
        raise FileRefused(_("There are no texts in the file."))


def _elements(stream):
    """``(element, whether OmegaT wrote it)`` of each unit; it is emptied afterwards."""
    is_omegat = is_tmx = False
    parsing = etree.iterparse(
        stream,
        events=("start", "end"),
        tag=("{*}tmx", "{*}header", "{*}tu"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    try:
        for event, element in parsing:
            name = name_of(element)
            if event == "start":
                is_tmx = is_tmx or name == "tmx"
                _check(element, is_tmx)
                if name == "header":
                    is_omegat = "omegat" in element.get("creationtool", "").lower()
            elif name == "tu":
                yield element, is_omegat
                _forget(element)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = _("The file is damaged: its XML cannot be read (%(error)s).")
        raise FileRefused(message % {"error": str(error)[:200]}) from error
    if not is_tmx:
        raise FileRefused(_("The file is no TMX file."))


def _check(element, is_tmx):
    """Raise :class:`FileRefused` in a document that is not TMX, or that declares entities."""
    if not is_tmx:
        raise FileRefused(_("The file is no TMX file."))
    if name_of(element) != "tmx":
        return
    dtd = element.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise FileRefused(_("The file declares entities, which no translation memory needs."))


def _forget(element):
    """Give back the memory of a unit that has been read, and of what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _variants(unit, is_omegat, languages):
    """``{language of the site: (text, date)}`` of a unit, the first of each; counts all codes."""
    found, usual = {}, _date(unit)
    for element in unit:
        if name_of(element) != "tuv":
            continue
        code = element.get(LANGUAGE) or element.get("lang") or ""
        languages[code[:20]] += 1
        language = language_of(code)
        segment = next((each for each in element if name_of(each) == "seg"), None)
        if language is not None and segment is not None and language not in found:
            text = "".join(_texts(segment))
            text = OMEGAT_CODES.sub("", text) if is_omegat else text
            found[language] = (" ".join(text.split()), _date(element) or usual)
    return found


def _texts(element):
    """The texts in an element without its codes, in order."""
    yield element.text or ""
    for child in element:
        if name_of(child) and name_of(child) not in CODES:
            yield from _texts(child)
        yield child.tail or ""


def _date(element):
    for name in ("changedate", "creationdate"):
        try:
            return datetime.strptime(element.get(name, ""), DATE).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _unit(number, variants, *languages):
    texts, dates = [], []
    for language in languages:
        text, date = variants.get(language, ("", None))
        if not Segment((text,)).has_words:
            message = _("It has no words in %(language)s.")
            name = translated_language_name(language)
            return Unit(number, *texts, reason=message % {"language": name})
        texts.append(text)
        dates.append(date)
    unit = Unit(number, *texts, max((each for each in dates if each), default=None))
    if max(map(len, texts)) > LONGEST:
        unit.reason = _("A text is longer than %(count)s characters.") % {
            "count": number_format(LONGEST, force_grouping=True)
        }
    return unit
