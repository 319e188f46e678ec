"""The conventions of each language as data. Texts in other languages are not changed."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from diptych.themes.typography import vocabulary
from diptych.themes.typography.characters import NARROW, NO_BREAK


@dataclass(frozen=True)
class QuotationMarks:
    """A pair of quotation marks and the space inside them."""

    opening: str
    closing: str
    space: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Conventions:
    """The conventions of one language.

    ``before_high`` is the space before ; ! and ?, ``before_colon`` the space before a colon; if
    empty, a typed space is removed. ``quotations`` are the quotation marks from the outermost
    level inwards, ``single`` those that replace straight single marks.
    """

    name: str
    before_high: str
    before_colon: str
    quotations: tuple
    single: QuotationMarks
    units: tuple
    months: tuple
    references: tuple
    parts: tuple
    counted: tuple
    places: tuple
    titles: tuple
    starts: tuple
    #: Abbreviations of months before a day.
    short_months: tuple = ()
    #: The space inserted before a percent sign.
    before_percent: str = ""
    #: The space inserted before the euro sign and before degrees.
    before_sign: str = ""
    #: Whether a typed space before a percent sign is removed.
    closes_percent: bool = False
    month_comes_first: bool = False
    raises_ordinals: bool = False
    groups_with_apostrophe: bool = False
    joins_clauses_with_em_dash: bool = False
    #: Whether a price ends in a point and a dash: 20.–
    has_round_prices: bool = False

    def __repr__(self):
        return f"<Conventions {self.name}>"

    @property
    def space_inside(self):
        """The space inside the outermost quotation marks."""
        return self.quotations[0].space

    @cached_property
    def marks_inside(self):
        """Quotation marks by the opening mark of the enclosing quotation, "" if there is none."""
        outermost, *inner = self.quotations
        around = [marks.opening for marks in self.quotations]
        return {"": outermost, **dict(zip(around, [*inner, outermost], strict=True))}

    @cached_property
    def marks_by_opening(self):
        return {marks.opening: marks for marks in (self.single, *self.quotations)}

    @cached_property
    def spaced_marks(self):
        """The quotation marks with a space inside, by opening and by closing mark."""
        spaced = [marks for marks in self.quotations if marks.space]
        return {mark: marks for marks in spaced for mark in (marks.opening, marks.closing)}

    @cached_property
    def words_before_numbers(self):
        """The words and signs kept with the number that follows; parts in lower case."""
        listed = (vocabulary.PREFIXES, vocabulary.LICENCES, self.references, self.parts)
        return frozenset(word for words in listed for word in words)

    @cached_property
    def words_before_days(self):
        """The months kept with the day that follows: July 4."""
        return frozenset((*self.months, *self.short_months) if self.month_comes_first else ())

    def next_quotation(self, enclosing):
        return self.marks_inside.get(enclosing, self.quotations[0])


GUILLEMETS = QuotationMarks("«", "»", NARROW)
SINGLE_GUILLEMETS = QuotationMarks("‹", "›", NARROW)
DOUBLE = QuotationMarks("“", "”")
SINGLE = QuotationMarks("‘", "’")

_FRENCH = {
    "before_high": NARROW,
    "single": SINGLE,
    "units": (*vocabulary.FRENCH_UNITS, *vocabulary.FRENCH_COUNTED),
    "months": vocabulary.FRENCH_MONTHS,
    "references": vocabulary.FRENCH_REFERENCES,
    "parts": vocabulary.FRENCH_PARTS,
    "counted": vocabulary.FRENCH_COUNTED,
    "places": vocabulary.FRENCH_PLACES,
    "titles": vocabulary.FRENCH_TITLES,
    "starts": vocabulary.FRENCH_STARTS,
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
    has_round_prices=True,
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
    parts=vocabulary.ENGLISH_PARTS,
    counted=vocabulary.ENGLISH_COUNTED,
    places=vocabulary.ENGLISH_PLACES,
    titles=vocabulary.ENGLISH_TITLES,
    starts=vocabulary.ENGLISH_STARTS,
    short_months=vocabulary.ENGLISH_SHORT_MONTHS,
    closes_percent=True,
    month_comes_first=True,
    joins_clauses_with_em_dash=True,
)

#: The conventions of French by territory. Other territories, such as Canada, have none.
TERRITORIES = {"fr": FRANCE, "be": FRANCE, "lu": FRANCE, "mc": FRANCE, "ch": SWITZERLAND}


@lru_cache(maxsize=8)
def with_space_inside(conventions, space):
    """``conventions`` with ``space`` inside the quotation marks that have one."""
    if conventions.space_inside == space:
        return conventions
    marks = (replace(each, space=each.space and space) for each in conventions.quotations)
    return replace(conventions, quotations=tuple(marks))


def conventions_for(tag, french=FRANCE):
    """The conventions of a language tag such as ``fr``, ``fr-CH`` or ``en-GB``, or ``None``.

    ``french`` are the conventions of French without a territory; the space inside guillemets is
    theirs in every territory.
    """
    language, _, rest = (tag or "").lower().replace("_", "-").partition("-")
    if language == "en":
        return ENGLISH
    if language != "fr":
        return None
    if not rest:
        return french
    territory = TERRITORIES.get(rest.split("-")[0])
    return territory and with_space_inside(territory, french.space_inside)
