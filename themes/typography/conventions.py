"""The conventions of a language, made of its data. Texts in languages without are not changed."""

from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache

from diptych.articles.linguistics.languages import language_data
from diptych.themes.typography import vocabulary


@dataclass(frozen=True)
class QuotationMarks:
    """A pair of quotation marks and the space inside them."""

    opening: str
    closing: str
    space: str = ""


SINGLE = QuotationMarks("‘", "’")


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
    units: tuple
    months: tuple
    references: tuple
    parts: tuple
    counted: tuple
    places: tuple
    titles: tuple
    starts: tuple
    centuries: tuple = ()
    single: QuotationMarks = SINGLE
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


@cache
def _conventions(language, territory):
    """The conventions of a language in a territory; see ``TYPOGRAPHY`` in its module."""
    data = language_data(language)
    return Conventions(
        quotations=tuple(QuotationMarks(*marks) for marks in data.QUOTATIONS[territory]),
        units=data.UNITS,
        months=data.MONTHS,
        short_months=data.SHORT_MONTHS,
        references=data.REFERENCES,
        parts=data.PARTS,
        counted=data.COUNTED,
        places=data.PLACES,
        titles=data.TITLES,
        centuries=data.CENTURIES,
        starts=data.STARTS,
        **data.TYPOGRAPHY[territory],
    )


FRANCE = _conventions("fr", "")
SWITZERLAND = _conventions("fr", "ch")
ENGLISH = _conventions("en", "")


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
    if language == "fr" and not rest:
        return french
    data = language_data(language)
    territory = data.TERRITORIES.get(rest.split("-")[0]) if rest and data.TERRITORIES else ""
    if territory not in data.TYPOGRAPHY:
        return None
    found = _conventions(language, territory)
    return with_space_inside(found, french.space_inside) if language == "fr" else found
