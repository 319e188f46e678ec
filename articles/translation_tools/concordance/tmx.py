"""TMX 1.4: the aligned passages that somebody may see, for programs of translators."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from lxml import etree

from diptych.articles.translation_tools.concordance.access import visible_to
from diptych.articles.translation_tools.concordance.models import AlignedText
from diptych.articles.translation_tools.formats.xliff1 import cleaned

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
#: How TMX writes dates.
DATE = "%Y%m%dT%H%M%SZ"
#: Pairs that are read from the database at a time.
PART = 1000


def pairs_for(user, source, target):
    """The :class:`AlignedText` pairs ``(source, target)`` that ``user`` may see, each text once.

    Without a ``user`` they are all there are. What is out of date is left out, and so are memories
    of other programs, and what was aligned by the machine.
    """
    visible = Q() if user is None else visible_to(user)
    current = AlignedText.objects.filter(
        visible, is_outdated=False, memory=None, is_machine_aligned=None
    )
    translated = current.filter(group=OuterRef("group"), language=target)
    sources = current.filter(Exists(translated), language=source).order_by("pk")
    known, last = set(), 0
    while part := list(sources.filter(pk__gt=last)[:PART]):
        last = part[-1].pk
        targets = current.filter(group__in=[each.group for each in part], language=target)
        targets = {each.group: each for each in targets}
        for each in part:
            other = targets.get(each.group)
            if other is not None and (each.text, other.text) not in known:
                known.add((each.text, other.text))
                yield each, other


def lines(pairs, source):
    """The bytes of a TMX file of ``pairs``, part by part."""
    header = {
        "creationtool": "Diptych",
        "creationtoolversion": "1",
        "segtype": "paragraph",
        "o-tmf": "Diptych",
        "adminlang": "en",
        "srclang": source,
        "datatype": "plaintext",
        "creationdate": timezone.now().strftime(DATE),
    }
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    yield etree.tostring(etree.Element("header", header), encoding="utf-8") + b"\n<body>\n"
    for pair in pairs:
        yield _unit(pair) + b"\n"
    yield b"</body>\n</tmx>\n"


def _unit(pair):
    unit = etree.Element("tu")
    for text in pair:
        variant = etree.SubElement(unit, "tuv", {LANGUAGE: text.language})
        if text.translated_at:
            variant.set("changedate", text.translated_at.strftime(DATE))
        etree.SubElement(variant, "seg").text = cleaned(text.text)
    return etree.tostring(unit, encoding="utf-8")
