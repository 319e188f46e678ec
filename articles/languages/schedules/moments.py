"""Moments as people say them."""

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _


def moment_in_words(moment):
    """A date with its time, where the site is: "3 December 2026 at 10:00"."""
    local = timezone.localtime(moment)
    words = {"date": date_format(local, "DATE_FORMAT"), "time": time_format(local, "TIME_FORMAT")}
    return _("%(date)s at %(time)s") % words
