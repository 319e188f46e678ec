"""Spreadsheet exports in the language of the user."""

from django.utils.functional import cached_property
from django.utils.translation import get_language, override

#: Characters that a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(value):
    """``value`` as a cell, and as a text where a spreadsheet would compute it."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


class SpokenExportMixin:
    """For Wagtail's listings with export; ``spreadsheet`` defines the columns.

    Wagtail streams exports after the language of the interface is deactivated. It is stored and
    activated again for the headings and each row.
    """

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.spoken = get_language()

    @cached_property
    def spreadsheet(self):
        """The columns of the export: heading to function of a row."""
        raise NotImplementedError

    @cached_property
    def list_export(self):
        with override(self.spoken):
            return list(self.spreadsheet)

    def get_heading(self, queryset, field):
        return field

    def to_row_dict(self, item):
        with override(self.spoken):
            return {heading: harmless(value(item)) for heading, value in self.spreadsheet.items()}
