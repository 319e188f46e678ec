"""Links, notes and bold in a stored text, which a translation may have lost."""

from collections import Counter

from diptych.articles.translation_tools.faults.finding import Kind, Text
from diptych.articles.translation_tools.segments import segments_of

_KINDS = {"link": Kind.LINK, "bold": Kind.BOLD}


def text_of(unit, language):
    """The :class:`Text` of a translation unit, ``None`` for one that is not there."""
    if unit is None:
        return Text("", language)
    codes = [code for segment in segments_of(unit) for code in segment.codes if code.part != "end"]
    marks = Counter(Kind.NOTE if each.is_note else _KINDS.get(each.kind) for each in codes)
    return Text(unit.text, language, marks)
