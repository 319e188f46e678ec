"""Dates as a journal prints them."""

from django.utils.formats import date_format, get_format
from django.utils.timezone import template_localtime
from django.utils.translation import get_language

#: The day of the first of a month in Django's format letters, where it is no plain number.
FIRST_OF_MONTH = {"fr": r"j\e\r"}


def date_in_words(moment):
    """The date of ``moment``, a local time, in the language spoken now: « 1er mars 2027 »."""
    style = get_format("DATE_FORMAT")
    if moment.day == 1:
        language = (get_language() or "").split("-")[0]
        style = style.replace("j", FIRST_OF_MONTH.get(language, "j"))
    return date_format(moment, style)


def for_machines(moment):
    """``moment`` where the site is, to the second, with its time zone; ``""`` without one."""
    return template_localtime(moment).isoformat(timespec="seconds") if moment else ""
