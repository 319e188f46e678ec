"""Dates that can be stored and shown in every time zone."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Dates of other years are slips of the finger; the first and the last one there are overflow.
YEARS = range(1800, 3000)


def limit_years(fields):
    """Let every date among the ``fields`` of a form complain about a year that is none of these."""
    for field in fields.values():
        if isinstance(field, forms.DateField | forms.DateTimeField):
            field.validators.append(_validate_year)


def _validate_year(date):
    if date.year not in YEARS:
        raise ValidationError(
            _("Choose a date between the years %(first)s and %(last)s."),
            params={"first": YEARS[0], "last": YEARS[-1]},
        )
