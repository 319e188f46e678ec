"""What a reviewer reads: each piece of a text beside its source, with what has changed."""

from dataclasses import dataclass

from articles.languages.permissions.pieces import Chosen, source_html
from articles.languages.translations.provenance import compare
from articles.languages.translations.units import ImageTexts, label_of, units_in


@dataclass(frozen=True)
class Reading:
    """A piece as HTML, empty where there is none.

    ``live`` is what readers see now, ``None`` where they see what is in ``text``. What images say
    of themselves there is in ``source_words`` and ``text_words``, as ``(what it is, text)``.
    """

    label: str
    source: str
    text: str
    status: str
    live: str | None = None
    source_words: tuple = ()
    text_words: tuple = ()


def readings_of(page, draft, language):
    """Every piece of ``draft`` in ``language``, in the order of its source.

    ``page`` is as readers see it. An original is read without a source beside it.
    """
    live = units_in(page, language) if page.is_live_in(language) else {}
    if language == draft.source_language:
        pieces = [(None, unit, "") for unit in units_in(draft, language).values()]
    else:
        places = compare(draft, language)
        pieces = [(place.source, place.target, _status_of(place)) for place in places]
    shown = [unit for source, text, _status in pieces for unit in (source, text)]
    chosen = Chosen.in_units([unit for unit in (*shown, *live.values()) if unit])
    words = _words_of_images(draft, language)
    return [_reading(draft, *piece, live, chosen, words) for piece in pieces]


def _words_of_images(draft, language):
    """What images say in the source, and in the text that is read."""
    source = draft.source_language
    beside = draft.image_texts(source) if language != source else ImageTexts()
    return beside.borrowed, draft.image_texts(language).borrowed


def _status_of(place):
    return "part" if place.is_in_part else place.status


def _reading(draft, source, unit, status, live, chosen, words):
    known = unit or source
    before = live.get(known.key)
    is_changed = before and before.text != (unit.text if unit else "")
    return Reading(
        label=label_of(draft, known),
        source=source_html(source, chosen) if source else "",
        text=source_html(unit, chosen) if unit else "",
        status=status,
        live=source_html(before, chosen) if is_changed else None,
        source_words=words[0].get(known.key, ()),
        text_words=words[1].get(known.key, ()),
    )
