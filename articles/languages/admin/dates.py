"""Validation of dates in forms."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Accepted years; dates near the limits of Python overflow in some time zones.
YEARS = range(1800, 3000)


def limit_years(fields):
    """Add validators for the year to all date fields among ``fields``."""
    for field in fields.values():
        if isinstance(field, forms.DateField | forms.DateTimeField):
            field.validators.append(_validate_year)


def _validate_year(date):
    if date.year not in YEARS:
        raise ValidationError(
            _("Choose a date between the years %(first)s and %(last)s."),
            params={"first": YEARS[0], "last": YEARS[-1]},
        )
