"""Answer a request that no browser sends for a form as a bad request, and not with a failure."""

from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import DateField, DateTimeField, ForeignKey
from django.forms import ModelChoiceField
from django_filters.fields import ModelMultipleChoiceField
from wagtail.admin.forms import models as wagtail_forms

from diptych.articles.languages.admin.inputs.date_inputs import (
    LocalDateField,
    LocalDateInput,
    LocalDateTimeField,
    LocalDateTimeInput,
)
from diptych.articles.languages.admin.inputs.page_choosers import ChosenField, widget_for
from diptych.articles.languages.config.primary_keys import key_in


class RefusingMalformedMixin:
    """For a form with blocks or rows: put it before the class that cleans it.

    Blocks and rows are posted with their number, and cannot be told apart without it.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            _refuse_malformed_rows(self)

    def full_clean(self):
        """As Django's; an exception caused by malformed data becomes a bad request."""
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
    """Refuse rows without a valid number, as they could not be identified."""
    for name, formset in getattr(form, "formsets", {}).items():
        try:
            rows = formset.forms
        except (LookupError, ValidationError) as error:
            raise BadRequest(f"The rows of {name} are malformed.") from error
        for row in rows:
            _refuse_malformed_rows(row)


_rows_read = ContextVar("diptych_rows_read", default=None)


@contextmanager
def rows_read_once():
    """Within it, a row that several fields and blocks refer to is read once.

    For one request that changes none of the rows that can be chosen.
    """
    token = _rows_read.set({})
    try:
        yield
    finally:
        _rows_read.reset(token)


def rows_by_key(model, keys):
    """The rows of ``model`` with these primary keys, by key, as ``in_bulk`` gives them."""
    known = _rows_read.get()
    if known is None:
        return model.objects.in_bulk(keys)
    rows = known.setdefault(model, {})
    missing = [key for key in keys if key is not None and key not in rows]
    if missing:
        rows |= model.objects.in_bulk(missing)
    return {key: copy(rows[key]) for key in keys if key in rows}


def read_ahead(model, keys):
    """Read the rows of ``model`` with these primary keys by one query, as they are about to be.

    Does nothing outside of :func:`rows_read_once`.
    """
    if _rows_read.get() is not None:
        rows_by_key(model, keys)


class RowField(ModelChoiceField):
    """A model choice field that rejects malformed primary keys."""

    #: The object chosen now, if it has been fetched: it is not fetched again if it is kept.
    known = None

    def to_python(self, value):
        if isinstance(value, self.queryset.model) and not value._state.adding:
            return value
        if self.known is not None and str(value) == str(self.known.pk):
            return self.known
        if value not in self.empty_values and self.prepare_value(value) is None:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value},
            )
        return self._row_read(value) or super().to_python(value)

    def get_bound_field(self, form, field_name):
        return ChosenField(form, self, field_name)

    def _row_read(self, value):
        """The row that is chosen, if this request has read it and every row can be chosen."""
        if value in self.empty_values or self.to_field_name or self.queryset.query.has_filters():
            return None
        rows = (_rows_read.get() or {}).get(self.queryset.model, {})
        row = rows.get(key_in(self.queryset.model, super().prepare_value(value)))
        return copy(row) if row is not None else None

    def prepare_value(self, value):
        """The primary key for the widget, ``None`` if malformed."""
        key = super().prepare_value(value)
        if key in self.empty_values or key_in(self.queryset.model, key) is not None:
            return key
        return None


def attach_known(form):
    """Give the choice fields of ``form`` the related objects of its instance that are in memory."""
    for name, field in form.fields.items():
        if isinstance(field, RowField):
            model_field = form.instance._meta.get_field(name)
            field.known = model_field.get_cached_value(form.instance, default=None)


class RowsFieldMixin:
    """For multiple choice fields: rejects malformed primary keys."""

    def _check_values(self, value):
        model = self.queryset.model
        for each in value:
            is_null = self.null_label is not None and each == self.null_value
            if not is_null and key_in(model, each) is None:
                raise ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": each},
                )
        return super()._check_values(value)


class RowFiltersMixin:
    """For a filter set: its model choice filters reject malformed primary keys."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for each in self.filters.values():
            if issubclass(each.field_class, ModelMultipleChoiceField):
                name = each.field_class.__name__
                each.field_class = type(name, (RowsFieldMixin, each.field_class), {})


def formfield_for_dbfield(db_field, **kwargs):
    """Wagtail's form fields, with :class:`RowField` for relations and local dates."""
    if isinstance(db_field, ForeignKey) and db_field.target_field.primary_key:
        kwargs.setdefault("form_class", RowField)
        if widget := widget_for(db_field):
            kwargs.setdefault("widget", widget)
    elif isinstance(db_field, DateTimeField):
        kwargs = {"form_class": LocalDateTimeField, "widget": LocalDateTimeInput, **kwargs}
    elif isinstance(db_field, DateField):
        kwargs = {"form_class": LocalDateField, "widget": LocalDateInput, **kwargs}
    return wagtail_forms.formfield_for_dbfield(db_field, **kwargs)
