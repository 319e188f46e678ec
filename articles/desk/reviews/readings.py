"""What a reviewer reads: each piece of a text beside its source, with what has changed."""

from dataclasses import dataclass

from articles.languages.translations.provenance import compare
from articles.languages.translations.units import label_of, units_in


@dataclass(frozen=True)
class Reading:
    """``live`` is what readers see now, ``None`` where they see what is in ``text``."""

    label: str
    source: str
    text: str
    status: str
    live: str | None = None


def readings_of(page, draft, language):
    """Every piece of ``draft`` in ``language``, in the order of its source.

    ``page`` is as readers see it. An original is read without a source beside it.
    """
    live = units_in(page, language) if page.is_live_in(language) else {}
    if language == draft.source_language:
        pairs = [(None, unit, "") for unit in units_in(draft, language).values()]
    else:
        pairs = [(place.source, place.target, place.status) for place in compare(draft, language)]
    return [_reading(draft, source, unit, status, live) for source, unit, status in pairs]


def _reading(draft, source, unit, status, live):
    known = unit or source
    before = live.get(known.key)
    text = unit.text if unit else ""
    return Reading(
        label=label_of(draft, known),
        source=source.text if source else "",
        text=text,
        status=status,
        live=before.text if before and before.text != text else None,
    )
