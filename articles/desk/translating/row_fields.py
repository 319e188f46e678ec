"""Where the rows below a page stand in the form in which their translation is written."""

from articles.languages.available import column
from articles.languages.rights.withholding import row_field_name
from articles.languages.translations.rows import identified, translated_relations


class RowFields:
    """The names of the fields of translated rows in ``form``, as it was posted or is shown."""

    def __init__(self, form):
        self.form = form
        self.prefixes = {}
        for relation in translated_relations(type(form.instance)):
            if relation in form.formsets:
                self._note(relation, form.formsets[relation])

    def _note(self, relation, formset):
        forms = {id(each.instance): each for each in formset.forms if not _is_deleted(each)}
        for row in identified(relation, [each.instance for each in forms.values()]):
            prefix = forms[id(row.instance)].prefix
            self.prefixes[relation, row.identity] = prefix
            if row.pk is not None:
                self.prefixes[relation, row.pk] = prefix

    def name_of(self, unit, language):
        """The name of the field for ``unit`` of a row; empty where the form has none."""
        row, name = unit.row, column(unit.field_name, language)
        if row.relation not in self.form.formsets:
            key = row_field_name(row, name)
            return key if key in self.form.fields else ""
        by_number = self.prefixes.get((row.relation, row.pk))
        prefix = by_number or self.prefixes.get((row.relation, row.identity))
        return f"{prefix}-{name}" if prefix else ""


def _is_deleted(form):
    return bool(getattr(form, "cleaned_data", {}).get("DELETE"))
