"""The pictures of the demo journal, drawn rather than shipped.

A demo needs pictures, and pictures are heavy, hard to review and somebody's property. These are
drawn on the spot from plain shapes in a handful of inks: `draw(key)` always returns the same
picture for the same key. What each of them shows, in words, stands in `images.toml` next to this
package.
"""

from collections.abc import Callable

from PIL import Image

from . import (
    campus,
    climate,
    culture,
    economy,
    evenings,
    geopolitics,
    glacier,
    library,
    likenesses,
    portraits,
    stairs,
    travel,
)

PICTURES: dict[str, Callable[[], Image.Image]] = {
    "china-russia": geopolitics.china_russia,
    "do-sanctions-work": geopolitics.do_sanctions_work,
    "arctic-routes": climate.arctic_routes,
    "central-bank": economy.central_bank,
    "dams": climate.dams,
    "student-rent": campus.student_rent,
    "shrinkflation": economy.shrinkflation,
    "library-at-night": library.reading_room,
    "exchange-year": travel.exchange_year,
    "canteen-letter": campus.canteen_letter,
    "glacier-interview": glacier.glacier_interview,
    "swiss-posters": culture.swiss_posters,
    "subtitles": culture.subtitles,
    "exams-and-machines": evenings.exams_and_machines,
    "lake-festival": evenings.lake_festival,
    "tram-french": travel.tram_french,
    "yuan-rouble": economy.yuan_rouble,
    "library-desk": library.night_desk,
    "library-clock": library.night_clock,
    "library-stairs": stairs.spiral_stairs,
    "portrait-ilkay": portraits.ilkay,
    "portrait-camille": portraits.camille,
    "portrait-nadia": portraits.nadia,
    "portrait-thomas": likenesses.thomas,
    "portrait-lea": likenesses.lea,
    "portrait-mateo": likenesses.mateo,
}

KEYS: tuple[str, ...] = tuple(PICTURES)


def draw(key: str) -> Image.Image:
    """Return the picture of a key, in RGB, the same at every call."""
    return PICTURES[key]()


__all__ = ["KEYS", "draw"]
