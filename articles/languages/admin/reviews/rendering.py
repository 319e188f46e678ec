"""Review rendering: each unit of a text beside its source, with its changes."""

from dataclasses import dataclass, replace

from wagtail import hooks

from diptych.articles.languages.admin.read_only.rendering import ChooserCache, source_html
from diptych.articles.languages.translations import comments
from diptych.articles.languages.translations.comparing import compare
from diptych.articles.languages.translations.units import ImageTexts, label_of, units_in

#: The hook for who has hints on a translation: a function called with the draft, the language and
#: its :class:`ReviewUnit` objects. It returns ``{key of a unit: [sentence]}``.
HINTS = "register_diptych_review_hints"


@dataclass(frozen=True)
class ReviewUnit:
    """The source and the text of a unit as HTML, each empty if missing.

    ``live`` is the published text, ``None`` if that is the same as ``text``. The images' own texts
    are in ``source_words`` and ``text_words``, as ``(label, text)``. ``path`` is where a comment
    is tied to it, empty where none can be; ``comments`` are the open ones.
    """

    key: str
    label: str
    source: str
    text: str
    status: str
    live: str | None = None
    source_words: tuple = ()
    text_words: tuple = ()
    path: str = ""
    comments: tuple = ()
    #: What tools for translators have to say of it, in sentences.
    hints: tuple = ()


def with_hints(units, draft, language):
    """``units`` with what the hooks of :data:`HINTS` have to say of each."""
    for hook in hooks.get_hooks(HINTS):
        found = hook(draft, language, units)
        units = [replace(each, hints=(*each.hints, *found.get(each.key, ()))) for each in units]
    return units


def review_units_of(page, draft, language):
    """Every :class:`ReviewUnit` of ``draft`` in ``language``, in the order of its source.

    ``page`` is the published page. The source language has no source beside it.
    """
    live = units_in(page, language) if page.is_live_in(language) else {}
    if language == draft.source_language:
        pieces = [(None, unit, "") for unit in units_in(draft, language).values()]
    else:
        places = compare(draft, language)
        pieces = [(place.source, place.target, _status_of(place)) for place in places]
    shown = [unit for source, text, _status in pieces for unit in (source, text)]
    chosen = ChooserCache.in_units([unit for unit in (*shown, *live.values()) if unit])
    words = _words_of_images(draft, language)
    units = [_review_unit(draft, *piece, live, chosen, words) for piece in pieces]
    if not comments.are_enabled():
        return units
    return _with_comments(units, [text for _source, text, _status in pieces], draft, language)


def _with_comments(units, texts, draft, language):
    known = comments.open_comments(draft, language)
    return [
        replace(
            unit,
            path=comments.content_path(unit.key, text, language),
            comments=tuple(known.get(unit.key, ())),
        )
        for unit, text in zip(units, texts, strict=True)
    ]


def _words_of_images(draft, language):
    """The images' own texts in the source language and in ``language``."""
    source = draft.source_language
    of_source = draft.image_texts(source) if language != source else ImageTexts()
    return of_source.borrowed, draft.image_texts(language).borrowed


def _status_of(place):
    return "part" if place.is_in_part else place.status


def _review_unit(draft, source, unit, status, live, chosen, words):
    known = unit or source
    before = live.get(known.key)
    is_changed = before and before.text != (unit.text if unit else "")
    return ReviewUnit(
        key=known.key,
        label=label_of(draft, known),
        source=source_html(source, chosen) if source else "",
        text=source_html(unit, chosen) if unit else "",
        status=status,
        live=source_html(before, chosen) if is_changed else None,
        source_words=words[0].get(known.key, ()),
        text_words=words[1].get(known.key, ()),
    )
