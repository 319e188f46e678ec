"""The places of pictures in the templates: which renditions each shows, and how wide it is.

Widths are values of the ``sizes`` attribute. Those of ``DEFAULT_LAYOUTS`` follow the arrangement
that stylesheets have by default, which is Gazette's; a theme that arranges pages in another way
gives its own (:class:`diptych.themes.look.registry.Theme`). ``tests/e2e/test_picture_sizes.py``
measures them.
"""

from typing import NamedTuple

from diptych.articles.images.pictures import CARD, HERO, INLINE, PORTRAIT, SMALL_CARD

#: The width between the margins of a page, from broad to narrow screens.
FRAME = "(min-width: 81rem) 76rem, (min-width: 50rem) calc(100vw - 5rem), 90vw"


class Slot(NamedTuple):
    """A place of pictures: the part whose renditions it shows.

    On screens that meet the media condition ``narrow``, it shows the squares of small cards.
    ``shown`` is the width, and the height where pictures are cropped, in which it shows them at
    most; only where it is given can readers enlarge them.
    """

    part: str
    narrow: str = ""
    shown: tuple[int, int | None] | None = None


SLOTS = {
    "hero": Slot(HERO, shown=(1216, 684)),
    "lead": Slot(HERO),
    "lead-beside": Slot(HERO),
    "second": Slot(CARD),
    "card": Slot(CARD),
    "other": Slot(CARD),
    "half": Slot(CARD),
    "third": Slot(CARD),
    "related": Slot(CARD),
    "part": Slot(CARD),
    "listing": Slot(CARD, narrow="(max-width: 39.99rem)"),
    "link": Slot(SMALL_CARD),
    "portrait": Slot(PORTRAIT),
    "small-portrait": Slot(PORTRAIT),
    "cover": Slot(INLINE),
    "small-cover": Slot(INLINE),
    "inline": Slot(INLINE, shown=(608, None)),
    "gallery": Slot(INLINE, shown=(592, 395)),
    "gallery-wide": Slot(INLINE, shown=(1216, 608)),
}

DEFAULT_LAYOUTS = {
    "hero": FRAME,
    "lead": f"(min-width: 81rem) 35rem, (min-width: 62rem) calc(46.1vw - 2.5rem), {FRAME}",
    "lead-beside": f"(min-width: 81rem) 42rem, (min-width: 62rem) calc(55.3vw - 2.9rem), {FRAME}",
    "second": "(min-width: 81rem) 19.25rem, (min-width: 62rem) calc(25.4vw - 1.4rem), "
    "(min-width: 40rem) calc(45vw - 1.25rem), 90vw",
    # In the rows of topics: large, next to a large one, and of equal size.
    "card": "(min-width: 81rem) 34.5rem, (min-width: 62rem) calc(45.5vw - 2.5rem), "
    "(min-width: 48rem) calc(56vw - 2.9rem), 90vw",
    "other": "(min-width: 81rem) 18.25rem, (min-width: 62rem) calc(24vw - 1.25rem), 6.5rem",
    "half": "(min-width: 81rem) 36.5rem, (min-width: 48rem) calc(48.1vw - 2.5rem), 90vw",
    "third": "(min-width: 81rem) 23.4rem, (min-width: 48rem) calc(30.8vw - 1.7rem), 90vw",
    "related": "(min-width: 81rem) 22.7rem, (min-width: 48rem) calc(29.9vw - 1.6rem), 90vw",
    "part": "(min-width: 40rem) 14rem, calc(90vw - 3.75rem)",
    "listing": "(min-width: 61rem) 14rem, (min-width: 50rem) calc(32vw - 1.6rem), 28.8vw",
    "link": "6rem",
    "portrait": "(min-width: 40rem) 12rem, 9rem",
    "small-portrait": "5rem",
    "cover": "(min-width: 48rem) 20rem, 60vw",
    "small-cover": "(min-width: 40rem) 14rem, 42vw",
    "inline": "(min-width: 42rem) 38rem, 90vw",
    # As wide as the page, unless there is a table of contents next to the text.
    "gallery": "(min-width: 81rem) 37rem, (min-width: 63rem) calc(48.7vw - 2.5rem), "
    "(min-width: 40rem) 18.5rem, 90vw",
    "gallery-wide": "(min-width: 81rem) 76rem, (min-width: 63rem) calc(100vw - 5rem), "
    "(min-width: 42rem) 38rem, 90vw",
}

#: Of the squares on narrow screens.
NARROW_LAYOUT = "25.2vw"


def layout_of(slot, theme=None):
    """The ``sizes`` attribute of a slot in ``theme``."""
    own = theme.layouts if theme else {}
    return own.get(slot) or DEFAULT_LAYOUTS[slot]
