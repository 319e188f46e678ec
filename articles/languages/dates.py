"""Dates and times written in words in the active language."""

from django.utils import timezone
from django.utils.formats import date_format, get_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

#: Format of the first day of a month, by language, where it differs.
FIRST_OF_MONTH = {"fr": r"j\e\r"}


def date_in_words(day):
    """A date, or the date of a local time: « 1er mars 2027 »."""
    style = get_format("DATE_FORMAT")
    if day.day == 1:
        language = (get_language() or "").split("-")[0]
        style = style.replace("j", FIRST_OF_MONTH.get(language, "j"))
    return date_format(day, style)


def time_in_words(moment):
    """A time, where the site is: "10:00".

    Django's own English times end in "p.m."; "10:00 PM" is written instead, as sentences end there.
    """
    style = get_format("TIME_FORMAT")
    return time_format(timezone.localtime(moment), "g:i A" if style == "P" else style)


def moment_in_words(moment):
    """A date with its time, where the site is: "3 December 2026 at 10:00"."""
    words = {"date": date_in_words(timezone.localtime(moment)), "time": time_in_words(moment)}
    return _("%(date)s at %(time)s") % words
