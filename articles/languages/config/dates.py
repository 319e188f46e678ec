"""Dates and times written in words in the active language."""

from django.utils import timezone
from django.utils.formats import date_format, get_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

#: Format of the first day of a month, by language, where it differs.
FIRST_OF_MONTH = {"fr": r"j\e\r"}

#: How times are written in words, by language, where the project has the format that Django has.
TIMES = {"fr": "G\N{NO-BREAK SPACE}\\h\N{NO-BREAK SPACE}i"}

#: Django's own format of English dates, "Nov. 27, 2026", and the one used instead.
ABBREVIATED, IN_FULL = "N j, Y", {"en": "j F Y", "en-us": "F j, Y"}


def date_in_words(day):
    """A date, or the date of a local time: « 1er mars 2027 ».

    It has the format of the project, in English that of Django with the month in full: "1 March
    2027", in the English of the United States "March 1, 2027".
    """
    style, language = get_format("DATE_FORMAT"), get_language() or ""
    if style == ABBREVIATED:
        style = IN_FULL.get(language, IN_FULL["en"])
    if day.day == 1:
        style = style.replace("j", FIRST_OF_MONTH.get(language.split("-")[0], "j"))
    return date_format(day, style)


def month_in_words(day):
    """The month of a date, as it is written within a sentence: "May 2026", « mai 2026 »."""
    return date_format(day, "F Y")


def time_in_words(moment):
    """A time, where the site is: "10:00", in French « 10 h 00 ».

    Django's own English times end in "p.m."; "10:00 PM" is written instead, as sentences end there.
    """
    style = get_format("TIME_FORMAT")
    if style == "H:i":
        style = TIMES.get((get_language() or "").split("-")[0], style)
    at = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return time_format(at, "g:i A" if style == "P" else style)


def moment_in_words(moment):
    """A date with its time, where the site is: "3 December 2026 at 10:00"."""
    words = {"date": date_in_words(timezone.localtime(moment)), "time": time_in_words(moment)}
    return _("%(date)s at %(time)s") % words
