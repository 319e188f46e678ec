"""Model choice fields and filters that reject malformed primary keys.

Django and Wagtail look rows up by the posted value: text or a very large number raises an error
in the database instead of finding no row.
"""

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django_filters.fields import ModelMultipleChoiceField
from wagtail.admin.forms import models as wagtail_forms

from articles.languages.numbers import key_in


class RowField(ModelChoiceField):
    """A model choice field that rejects malformed primary keys."""

    #: What is chosen now, if it has been fetched: it is not fetched again when it stays.
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
        return super().to_python(value)

    def prepare_value(self, value):
        """The primary key for the widget, ``None`` if malformed."""
        key = super().prepare_value(value)
        if key in self.empty_values or key_in(self.queryset.model, key) is not None:
            return key
        return None


def attach_known(form):
    """Let the choices in ``form`` know what its instance refers to, where that is in memory."""
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
    """Wagtail's form fields, with :class:`RowField` for relations."""
    if isinstance(db_field, ForeignKey) and db_field.target_field.primary_key:
        kwargs.setdefault("form_class", RowField)
    return wagtail_forms.formfield_for_dbfield(db_field, **kwargs)
