"""Rows of a text and its translation, side by side."""

from dataclasses import dataclass

from diptych.themes.parts import table_of_contents


@dataclass(frozen=True)
class Row:
    """A block and its translation; either may be ``None``.

    ``anchor`` is the id of a heading. A picture or film that both have is shown once: ``figure`` is
    a picture, ``figure_there`` the same with its texts in the other language.
    """

    here: object
    there: object
    anchor: str = ""
    figure: object = None
    figure_there: object = None
    is_film: bool = False


def rows_of(here, there, pairs, language):
    """The :class:`Row` of each of ``pairs``; ``there`` is the body in ``language``."""
    blocks = list(table_of_contents.with_anchors(here))
    for first, second in pairs:
        mine, anchor = blocks[first] if first is not None else (None, "")
        yours = there[second] if second is not None else None
        yield Row(mine, yours, anchor, **_shown_once(mine, yours, language))


def _shown_once(mine, yours, language):
    """The values of a :class:`Row` for a picture or film that both blocks show; else none."""
    if mine is None or yours is None or mine.block_type != yours.block_type:
        return {}
    if mine.block_type == "image" and mine.value["image"] == yours.value["image"]:
        return {"figure": mine.value.figure, "figure_there": yours.value.figure_in(language)}
    if mine.block_type == "embed" and str(mine.value["embed"]) == str(yours.value["embed"]):
        return {"is_film": True}
    return {}
