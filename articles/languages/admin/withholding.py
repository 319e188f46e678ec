"""Removal of form fields that the user may not edit.

Posted values for removed fields are ignored. The panels in ``read_only`` render them as text.
"""

from wagtail.admin.forms.models import formfield_for_dbfield

from articles.languages.admin.choices import attach_known
from articles.languages.available import language_choices
from articles.languages.fields import translated_fields, written_columns
from articles.languages.permissions.policy import languages_denied, languages_for, may_edit_shared
from articles.languages.permissions.shared import shared_fields, shared_relations
from articles.languages.permissions.testers import may_publish_all
from articles.languages.translations.units import identified


class WithholdingMixin:
    """For page forms: names of removed fields are in ``withheld``.

    Translated fields of child rows, such as the role of an author, stay editable without the
    permission for shared fields.
    """

    withheld = frozenset()

    def __init__(self, *args, **kwargs):
        self.withheld_rows = {}
        self._choose_source_language(kwargs.get("for_user"), kwargs.get("instance"))
        super().__init__(*args, **kwargs)
        attach_known(self)
        if self.for_user is None:
            return
        self.withheld = frozenset(self._names_to_withhold() & self.fields.keys())
        for name in self.withheld:
            del self.fields[name]
        self._limit_source_language()
        self._withhold_rows()

    @staticmethod
    def _choose_source_language(user, page):
        """Set the source language of a new page to one the user may edit."""
        if user is None or page is None or page.pk or may_edit_shared(user, page):
            return
        for language in languages_for(user, "edit")[:1]:
            page.source_language = language

    def _names_to_withhold(self):
        model, user = type(self.instance), self.for_user
        denied = languages_denied(user, "edit")
        names = {name for language in denied for name in written_columns(model, language)}
        if not may_edit_shared(user, self.instance):
            names |= {field.name for field in shared_fields(model)}
        if self.instance.pk and not may_publish_all(user, self.instance):
            names.add("expire_at")
        return names

    def _limit_source_language(self):
        field = self.fields.get("source_language")
        if field is not None:
            may_edit = languages_for(self.for_user, "edit")
            field.choices = [each for each in language_choices() if each[0] in may_edit]

    # Rows below the page

    def _withhold_rows(self):
        model = type(self.instance)
        relations = [name for name in shared_relations(model) if name in self.formsets]
        if may_edit_shared(self.for_user, self.instance):
            denied = languages_denied(self.for_user, "edit")
            for name in relations:
                rows = self.formsets[name]
                rows.withheld = [
                    each for code in denied for each in written_columns(rows.model, code)
                ]
            return
        for relation in relations:
            del self.formsets[relation]
            self.withheld_rows[relation] = list(getattr(self.instance, relation).all())
            for key, (row, column) in self.row_fields(relation).items():
                self.fields[key] = formfield_for_dbfield(row._meta.get_field(column))
                self.initial[key] = row._meta.get_field(column).value_from_object(row)

    def row_fields(self, relation):
        """The editable columns of the rows of removed formsets.

        ``{name of the field: (row, column)}``
        """
        languages = languages_for(self.for_user, "edit") if self.for_user else []
        return {
            row_field_name(row, columns[language]): (row.instance, columns[language])
            for row in identified(relation, self.withheld_rows.get(relation, ()))
            for columns in translated_fields(type(row.instance)).values()
            for language in languages
        }

    @property
    def row_field_names(self):
        """The names of all :meth:`row_fields`."""
        return [name for relation in self.withheld_rows for name in self.row_fields(relation)]

    def save(self, commit=True):
        for relation, rows in self.withheld_rows.items():
            fields = self.row_fields(relation)
            for key, (row, column) in fields.items():
                if key in self.cleaned_data:
                    row._meta.get_field(column).save_form_data(row, self.cleaned_data[key])
            if fields:
                getattr(self.instance, relation).set(rows)
        return super().save(commit=commit)

    @property
    def show_schedule_publishing_toggle(self):
        return bool({"go_live_at", "expire_at"} & self.fields.keys())


def row_field_name(row, column_name):
    """The form field name for a column of ``row`` in a removed formset."""
    return f"{row.relation}-{row.pk or row.identity}-{column_name}"


class LanguageRowsMixin:
    """For formsets: removes the columns in ``withheld`` from each form."""

    withheld = ()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        # The rows are in memory: Django would look each of them up by its key.
        key = form.fields[self.model._meta.pk.name]
        key.to_field_name, key.queryset = self.model._meta.pk.name, self.get_queryset()
        attach_known(form)
        form.withheld = frozenset(self.withheld)
        for name in self.withheld:
            form.fields.pop(name, None)
