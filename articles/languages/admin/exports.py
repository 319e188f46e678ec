"""Spreadsheets of what a list shows, in the language of whoever asks for one."""

from django.utils.functional import cached_property
from django.utils.translation import get_language, override


class SpokenExportMixin:
    """For a list that Wagtail exports: a column for each heading of ``spreadsheet``.

    Wagtail streams an export, which is still being written when the interface's language is no
    longer active: it is kept, and spoken again for the headings and for each row.
    """

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.spoken = get_language()

    @cached_property
    def spreadsheet(self):
        """The columns of the export: by heading, what a row says there."""
        raise NotImplementedError

    @cached_property
    def list_export(self):
        with override(self.spoken):
            return list(self.spreadsheet)

    def get_heading(self, queryset, field):
        return field

    def to_row_dict(self, item):
        with override(self.spoken):
            return {heading: value(item) for heading, value in self.spreadsheet.items()}
