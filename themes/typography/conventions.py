"""What each language does, as data. A language that is not here is shown as it was typed."""

from dataclasses import dataclass
from functools import cached_property

from themes.typography import vocabulary
from themes.typography.characters import NARROW, NO_BREAK


@dataclass(frozen=True)
class QuotationMarks:
    """A pair of marks, and the space inside them."""

    opening: str
    closing: str
    space: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Conventions:
    """How one language is set.

    ``before_high`` is the space before ; ! and ?, ``before_colon`` the one before a colon; where
    they are empty, a space that was typed there is taken out. ``quotations`` are the marks from
    the outside in, ``single`` those that a straight single mark stands for.
    """

    name: str
    before_high: str
    before_colon: str
    quotations: tuple
    single: QuotationMarks
    units: tuple
    months: tuple
    references: tuple
    counted: tuple
    places: tuple
    titles: tuple
    #: The space that a percent sign gets where none was typed.
    before_percent: str = ""
    #: The space that the signs of euros and of degrees Celsius get there.
    before_sign: str = ""
    #: Whether a percent sign stands close to its number, also where a space was typed.
    closes_percent: bool = False
    month_comes_first: bool = False
    raises_ordinals: bool = False
    groups_with_apostrophe: bool = False
    joins_clauses_with_em_dash: bool = False

    def __repr__(self):
        return f"<Conventions {self.name}>"

    @cached_property
    def marks_inside(self):
        """The marks for a quotation inside one that opens with a mark; "" for one in none."""
        outermost, *inner = self.quotations
        around = [marks.opening for marks in self.quotations]
        return {"": outermost, **dict(zip(around, [*inner, outermost], strict=True))}

    @cached_property
    def marks_by_opening(self):
        return {marks.opening: marks for marks in (self.single, *self.quotations)}

    @cached_property
    def spaced_marks(self):
        """The marks that have a space inside, by either of the two."""
        spaced = [marks for marks in self.quotations if marks.space]
        return {mark: marks for marks in spaced for mark in (marks.opening, marks.closing)}

    def next_quotation(self, enclosing):
        return self.marks_inside.get(enclosing, self.quotations[0])


GUILLEMETS = QuotationMarks("«", "»", NARROW)
SINGLE_GUILLEMETS = QuotationMarks("‹", "›", NARROW)
DOUBLE = QuotationMarks("“", "”")
SINGLE = QuotationMarks("‘", "’")

_FRENCH = {
    "before_high": NARROW,
    "single": SINGLE,
    "units": vocabulary.FRENCH_UNITS,
    "months": vocabulary.FRENCH_MONTHS,
    "references": vocabulary.FRENCH_REFERENCES,
    "counted": vocabulary.FRENCH_COUNTED,
    "places": vocabulary.FRENCH_PLACES,
    "titles": vocabulary.FRENCH_TITLES,
    "before_sign": NO_BREAK,
    "raises_ordinals": True,
}

FRANCE = Conventions(
    name="fr-FR",
    before_colon=NO_BREAK,
    before_percent=NARROW,
    quotations=(GUILLEMETS, DOUBLE, SINGLE),
    **_FRENCH,
)

SWITZERLAND = Conventions(
    name="fr-CH",
    before_colon=NARROW,
    quotations=(GUILLEMETS, SINGLE_GUILLEMETS, DOUBLE),
    groups_with_apostrophe=True,
    **_FRENCH,
)

ENGLISH = Conventions(
    name="en",
    before_high="",
    before_colon="",
    quotations=(DOUBLE, SINGLE),
    single=SINGLE,
    units=vocabulary.ENGLISH_UNITS,
    months=vocabulary.ENGLISH_MONTHS,
    references=vocabulary.ENGLISH_REFERENCES,
    counted=vocabulary.ENGLISH_COUNTED,
    places=vocabulary.ENGLISH_PLACES,
    titles=vocabulary.ENGLISH_TITLES,
    closes_percent=True,
    month_comes_first=True,
    joins_clauses_with_em_dash=True,
)

#: The French of these territories follows a convention of its own; Canada's has none here.
TERRITORIES = {"fr": FRANCE, "be": FRANCE, "lu": FRANCE, "mc": FRANCE, "ch": SWITZERLAND}


def conventions_for(tag, french=FRANCE):
    """The conventions for a language tag such as ``fr``, ``fr-CH`` or ``en-GB``, or ``None``.

    ``french`` is the convention of a site for French that names no territory.
    """
    language, _, rest = (tag or "").lower().replace("_", "-").partition("-")
    if language == "en":
        return ENGLISH
    if language != "fr":
        return None
    return TERRITORIES.get(rest.split("-")[0]) if rest else french
