"""The rows below a page, such as its authors, when several people write in them.

Which rows there are, and what all languages share in them, is one part of the page; what they
say in a language is another, so that two translators of the same row do not meet.
"""

import re
from copy import copy

from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Comment

from articles.languages.fields import languages_by_column
from articles.languages.merging.parts import content_of
from articles.languages.numbers import id_in
from articles.languages.translations.rows import pairs

_ROW_ID = re.compile(r"(\w+)-(\d+)-id")


class Rows:
    """What is to be known of one relation of a form: its columns, and the rows of the draft."""

    def __init__(self, name, formset, page):
        self.name = name
        self.formset = formset
        self.model = formset.model
        withheld = getattr(formset, "withheld", ())
        columns = [
            each
            for each in formset.form.base_fields
            if self._is_column(each) and each not in withheld
        ]
        of_language = languages_by_column(self.model)
        self.shared = [name for name in columns if name not in of_language]
        self.languages = {}
        for column in columns:
            if column in of_language:
                self.languages.setdefault(of_language[column], []).append(column)
        rows = [copy(row) for row in getattr(page, name).all()]
        order = getattr(self.model, "sort_order_field", None)
        self.theirs = sorted(rows, key=lambda row: getattr(row, order) or 0) if order else rows

    def _is_column(self, name):
        return any(field.name == name for field in self.model._meta.get_fields())

    def part_in(self, language):
        return f"{self.name}@{language}"

    @property
    def forms(self):
        """The posted forms of the rows that stay, in order; only once they are valid."""
        if self.formset.can_order:
            return self.formset.ordered_forms
        gone = self.formset.deleted_forms
        return [
            form
            for form in self.formset.forms
            if form not in gone and (form.instance.pk or form.has_changed())
        ]

    def contents(self, rows):
        """The contents of every part, by name; ``rows`` are model instances or cleaned data."""
        contents = {self.name: [self._values(row, self.shared) for row in rows]}
        for language, columns in self.languages.items():
            said = [[self._values(row, self.shared), self._values(row, columns)] for row in rows]
            filled = [pair for pair in said if any(pair[1])]
            contents[self.part_in(language)] = sorted(filled, key=repr)
        return contents

    def _values(self, row, columns):
        values = row if isinstance(row, dict) else vars(row)
        fields = {column: self.model._meta.get_field(column) for column in columns}
        return [
            content_of(field, values.get(column, values.get(field.attname)))
            for column, field in fields.items()
        ]

    def contents_of_mine(self):
        return self.contents([form.cleaned_data for form in self.forms])

    # Taking the parts of both together

    def take_theirs(self, page, my_languages):
        """Leave the rows as the draft has them, but for what the form says in ``my_languages``."""
        for row, mine in pairs(self.theirs, [form.instance for form in self.forms]):
            self._copy_words(mine, row, my_languages)
        getattr(page, self.name).set(self.theirs)

    def take_mine(self, page, their_languages):
        """Let the rows be those of the form, but for what the draft says in other languages."""
        for row, theirs in pairs([form.instance for form in self.forms], self.theirs):
            self._copy_words(theirs, row, their_languages)
        posted = {form.instance.pk for form in self.formset.forms}
        manager = getattr(page, self.name)
        manager.remove(*[row for row in manager.all() if row.pk and row.pk not in posted])

    def _copy_words(self, source, target, languages):
        for language in languages:
            for column in self.languages[language]:
                setattr(target, column, getattr(source, column))


def without_vanished_rows(data, page):
    """The posted ``data``, where rows that somebody else has removed count as new ones.

    A comment that was deleted stays deleted.
    """
    known = _known_rows(page)
    changed = data.copy()
    for name, value in data.items():
        match = _ROW_ID.fullmatch(name)
        if not (match and value):
            continue
        relation, number = match.groups()
        if relation == "comments":
            if not (Comment.objects.filter(pk=id_in(value)).exists()):
                changed[name], changed[f"comments-{number}-DELETE"] = "", "on"
        elif relation in known and value not in known[relation]:
            changed[name] = ""
    return changed


def _known_rows(page):
    names = [relation.get_accessor_name() for relation in get_all_child_relations(type(page))]
    return {
        name: {str(row.pk) for row in getattr(page, name).all()}
        for name in names
        if name != COMMENTS_RELATION_NAME
    }
