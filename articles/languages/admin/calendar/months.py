"""Months and their weeks, as the active language arranges them."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, get_format
from django.utils.text import capfirst

from diptych.articles.languages.admin.inputs.date_inputs import YEARS

DAYS_OF_WEEK = 7


def _first_weekday():
    """The weekday on which a week begins, as Python counts them: 0 is Monday."""
    return (get_format("FIRST_DAY_OF_WEEK") - 1) % DAYS_OF_WEEK


def weekdays():
    """The names of the weekdays, from the first of a week."""
    first = _first_weekday()
    return [capfirst(WEEKDAYS[(first + day) % DAYS_OF_WEEK]) for day in range(DAYS_OF_WEEK)]


@dataclass(frozen=True)
class Month:
    """A month, by its first day."""

    first: date

    @classmethod
    def current(cls):
        return cls(timezone.localdate().replace(day=1))

    @classmethod
    def read(cls, text):
        """The month written as ``2026-11``; ``None`` for anything else."""
        try:
            month = cls(date.fromisoformat(f"{text}-01"))
        except ValueError:
            return None
        return month if month.exists and str(month) == text else None

    def __str__(self):
        return f"{self.first:%Y-%m}"

    @property
    def exists(self):
        """Whether it is in one of the years in which dates are accepted."""
        return self.first.year in YEARS

    @property
    def name(self):
        return capfirst(date_format(self.first, "YEAR_MONTH_FORMAT"))

    @property
    def previous(self):
        """The month before, or ``None`` if dates are not accepted in it."""
        return self._neighbour(self.first - timedelta(days=1))

    @property
    def next(self):
        return self._neighbour(self.first + timedelta(days=31))

    def _neighbour(self, day):
        month = Month(day.replace(day=1))
        return month if month.exists else None

    @property
    def weeks(self):
        """Lists of seven days; the first and the last reach into other months."""
        return Calendar(_first_weekday()).monthdatescalendar(self.first.year, self.first.month)

    def __contains__(self, day):
        return day.replace(day=1) == self.first
