"""Answer a request that no browser sends for a form as a bad request, and not with a failure."""

from django.core.exceptions import BadRequest, ValidationError


class RefusingMalformedMixin:
    """For a form with blocks or rows: put it before the class that cleans it.

    Blocks and rows are posted with their number, and cannot be told apart without it.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            _refuse_malformed_rows(self)

    def full_clean(self):
        """As Django does; what fails for data that is malformed is a bad request."""
        try:
            super().full_clean()
        except Exception:
            self._refuse_malformed_data()
            raise

    def _refuse_malformed_data(self):
        for name in self.fields:
            try:
                self[name].data  # noqa: B018
            except (AttributeError, LookupError, TypeError, ValueError) as error:
                raise BadRequest(f"The data of {name} is malformed.") from error


def _refuse_malformed_rows(form):
    """Rows whose number is none, or missing, cannot be told apart."""
    for name, formset in getattr(form, "formsets", {}).items():
        try:
            rows = formset.forms
        except (LookupError, ValidationError) as error:
            raise BadRequest(f"The rows of {name} are malformed.") from error
        for row in rows:
            _refuse_malformed_rows(row)
