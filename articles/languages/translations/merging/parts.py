"""Three-way merge of a page that several people edit at the same time.

Each part of a page has three versions: the initial data of the form (base), the posted data (mine)
and the latest draft (theirs). A part that one side changed is taken from that side; a part that
both changed differently is a conflict. A part is a field of the page, the rows of a relation, or
the texts of these rows in one language, so that two translators of the same row do not conflict.

Versions are compared by fingerprints that the form carries, so that no old revision is needed:
automatic saving overwrites revisions, and they may be deleted.
"""

import json
import re
from copy import copy
from enum import Enum

from django.core.signing import BadSignature, Signer
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Comment

from diptych.articles.languages.config.content import content_of
from diptych.articles.languages.config.fields import languages_by_column
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.translations.units import pairs

#: The name of the hidden input in which a form carries its :class:`Base`.
INPUT_NAME = "diptych-base"


class Choice(Enum):
    """Whose version of a part is saved."""

    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    CONFLICT = "conflict"


class Base:
    """The initial data of a form, as two fingerprints for each part of the page.

    ``shown`` is that of the form's data and ``stored`` that of the draft; they differ where saving
    changes the posted value, such as an empty address. ``written`` names the parts that were
    changed in this form since it was opened.
    """

    def __init__(self, shown=None, stored=None, written=()):
        self.shown = shown or {}
        self.stored = stored or {}
        self.written = set(written)

    @classmethod
    def read(cls, text, page):
        """The base that :meth:`signed_for` has written for ``page``, else ``None``."""
        try:
            return cls._parsed(_signer(page).unsign(text))
        except (BadSignature, TypeError):
            return None

    def signed_for(self, page):
        """The base as text that a form of ``page`` carries, and nobody can make up."""
        return _signer(page).sign(str(self))

    @classmethod
    def _parsed(cls, text):
        try:
            content = json.loads(text)
            parts = {str(name): _pair(value) for name, value in content["parts"].items()}
            written = {name for name in content["written"] if name in parts}
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
            return cls()
        return cls(
            {name: pair[0] for name, pair in parts.items()},
            {name: pair[1] for name, pair in parts.items()},
            written,
        )

    @classmethod
    def of_current(cls, stored):
        """For a form without a base that was opened on the latest draft."""
        return cls(dict.fromkeys(stored, ""), dict(stored))

    def _copy(self):
        return Base(dict(self.shown), dict(self.stored), self.written)

    def __str__(self):
        parts = {
            name: shown if shown == self.stored[name] else [shown, self.stored[name]]
            for name, shown in self.shown.items()
        }
        content = {"parts": parts, "written": sorted(self.written)}
        return json.dumps(content, separators=(",", ":"))

    def choose(self, name, mine, theirs):
        """The :class:`Choice` for a part, by the fingerprints of both versions."""
        if mine == theirs:
            return Choice.SAME
        if name not in self.shown:
            return Choice.CONFLICT
        if mine == self.shown[name]:
            return Choice.THEIRS
        return Choice.MINE if theirs == self.stored[name] else Choice.CONFLICT

    def after_saving(self, choices, mine, stored):
        """The base of a form that has been saved and goes on being written in.

        Where somebody else's version was taken the form still shows an older one, and keeps it.
        """
        base = self._copy()
        for name, choice in choices.items():
            if choice is not Choice.THEIRS:
                base.shown[name], base.stored[name] = mine[name], stored[name]
        base.written |= {name for name, choice in choices.items() if choice is Choice.MINE}
        return base

    def after_refusal(self, choices, theirs):
        """The base of a form that was returned with its conflicts shown.

        The next save overwrites them, as its author has seen the other version.
        """
        base = self._copy()
        for name, choice in choices.items():
            if choice is Choice.CONFLICT or name not in base.shown:
                base.shown[name] = base.stored[name] = theirs[name]
        return base


def _signer(page):
    return Signer(salt=f"diptych.base.{page.pk}")


def _pair(value):
    pair = [value, value] if isinstance(value, str) else value
    if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(e, str) for e in pair)):
        raise ValueError(value)
    return pair


# Rows below the page


_ROW_ID = re.compile(r"(\w+)-(\d+)-id")


class Rows:
    """The columns of one relation of a form, and its rows in the draft."""

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
            pairs_of_rows = [
                [self._values(row, self.shared), self._values(row, columns)] for row in rows
            ]
            filled = [pair for pair in pairs_of_rows if any(pair[1])]
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
        """Take the rows of the draft, with the posted texts in ``my_languages``."""
        for row, mine in pairs(self.theirs, [form.instance for form in self.forms]):
            self._copy_words(mine, row, my_languages)
        getattr(page, self.name).set(self.theirs)

    def take_mine(self, page, their_languages):
        """Take the posted rows, with the texts of the draft in ``their_languages``."""
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
    """The posted ``data``, with rows that somebody else has removed turned into new ones.

    A deleted comment stays deleted.
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
