"""A page form that merges the changes of several people."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail.blocks import BlockWidget

from diptych.articles.languages.admin.merging.changes import (
    complaint,
    in_words,
    last_change,
    moment_of,
    name_of,
    rows_in_words,
)
from diptych.articles.languages.config.content import content_of, fingerprint
from diptych.articles.languages.config.fields import language_of
from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.translations.differences import word_differences
from diptych.articles.languages.translations.merging.parts import (
    INPUT_NAME,
    Base,
    Choice,
    Rows,
    without_vanished_rows,
)
from diptych.articles.languages.translations.shared import shared_relations


@dataclass
class Conflict:
    """A part of a page that two people have changed differently, as plain text."""

    label: str
    language: str | None
    mine: str
    theirs: str
    change: object

    @cached_property
    def differences(self):
        """From this text to the other one, word by word."""
        return word_differences(self.mine, self.theirs)


class BaseField(forms.Field):
    """The hidden input with the :class:`Base`; never counts as changed."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class StoredStream(BlockWidget):
    """The input of a stream of blocks of which nothing was posted."""

    def __init__(self, block, stored):
        super().__init__(block)
        self.stored = stored

    def value_from_datadict(self, data, files, name):
        return self.stored


class MergingFormMixin:
    """Saves the fields changed in this form, and takes the others from the latest draft.

    ``merging`` switches it on. ``is_up_to_date`` is whether a form without a base names the latest
    draft as the one it was opened on. A form with neither ``is_unfounded``: it is not valid, and
    every difference from the draft is shown as a conflict.

    ``unopened`` names the streams of blocks of which nothing was posted: the browser builds those
    of a tab when it is opened, and what is stored is kept.
    """

    is_unfounded = False
    unopened = frozenset()

    def __init__(self, data=None, *args, merging=False, is_up_to_date=True, **kwargs):
        self.merging = merging
        if merging and data is not None:
            data = without_vanished_rows(data, kwargs["instance"])
        super().__init__(data, *args, **kwargs)
        if self.is_bound and self.instance.pk:
            self.unopened = self._keep_unopened()
        self.is_up_to_date = is_up_to_date
        self.choices, self.mine, self.theirs = {}, {}, {}
        self.conflicts = []
        if merging:
            initial = None if self.is_bound else self._initial_base
            self.fields[INPUT_NAME] = BaseField(required=False, initial=initial)

    def _keep_unopened(self):
        unopened = [
            name
            for name, field in self.fields.items()
            if isinstance(field.widget, BlockWidget)
            and not any(posted.startswith(f"{name}-") for posted in self.data)
        ]
        for name in unopened:
            field = self.fields[name]
            field.widget = StoredStream(field.block, self[name].initial)
        return frozenset(unopened)

    @cached_property
    def columns(self):
        """The fields to merge: ``{name: (the page or a row below it, field of its model)}``.

        Fields of rows whose formset is withheld are included.
        """
        found = {}
        for name, field in self.fields.items():
            if not field.disabled:
                try:
                    found[name] = self.instance, self.instance._meta.get_field(name)
                except FieldDoesNotExist:
                    continue
        for relation in shared_relations(type(self.instance)):
            if relation not in self.formsets:
                for name, (row, column) in self.row_fields(relation).items():
                    if name in self.fields:
                        found[name] = row, row._meta.get_field(column)
        return found

    @cached_property
    def rows(self):
        """The :class:`Rows` of each relation of the form, except for comments."""
        return [
            Rows(name, formset, self.instance)
            for name, formset in self.formsets.items()
            if name != "comments"
        ]

    def _stored(self):
        contents = {
            name: content_of(field, field.value_from_object(owner))
            for name, (owner, field) in self.columns.items()
        }
        for rows in self.rows:
            contents |= rows.contents(rows.theirs)
        return {name: fingerprint(content) for name, content in contents.items()}

    def _initial_base(self):
        stored = self._stored()
        return Base(stored, stored).signed_for(self.instance)

    # Comparing

    def full_clean(self):
        if self.merging and self.is_bound and not self.theirs:
            self.theirs = self._stored()
            self.base = self._posted_base()
        super().full_clean()

    def _posted_base(self):
        posted = self.data.get(INPUT_NAME)
        if posted and (base := Base.read(posted, self.instance)):
            return base
        if self.is_up_to_date and not posted:
            return Base.of_current(self.theirs)
        self.is_unfounded = self.instance.pk is not None
        return Base()

    def _clean_fields(self):
        super()._clean_fields()
        if not self.merging:
            return
        self.cleaned_data.pop(INPUT_NAME, None)
        for name, (owner, field) in self.columns.items():
            if name in self.cleaned_data:
                self._merge_field(name, owner, field)

    def _merge_field(self, name, owner, field):
        value = self.cleaned_data[name]
        if name in self.unopened:
            choice = self._choose_by(name, self.base.shown.get(name, self.theirs[name]))
        else:
            choice = self._choose_by(name, fingerprint(content_of(field, value)))
        if (choice is Choice.SAME and not field.is_relation) or choice is Choice.THEIRS:
            self.cleaned_data[name] = _kept_value(owner, field)
        elif choice is Choice.CONFLICT:
            theirs = in_words(field, _kept_value(owner, field))
            label = name_of(field, self.language_of(name))
            self.add_error(name, self._conflict(name, label, in_words(field, value), theirs))

    def _choose_by(self, name, mine):
        self.mine[name] = mine
        choice = self.base.choose(name, self.mine[name], self.theirs[name])
        self.choices[name] = choice
        return choice

    def _conflict(self, name, label, mine, theirs):
        language = self.language_of(name)
        change = self._last_change(language)
        self.conflicts.append(Conflict(label, language, mine, theirs, change))
        return ValidationError(complaint(change, theirs), code="changed_by_others")

    def is_valid(self):
        valid = super().is_valid()
        if self.merging and self.is_bound:
            for rows in self.rows:
                if rows.name not in self.choices and rows.formset.is_valid():
                    self._merge_rows(rows)
            valid = valid and not self.conflicts and not self.is_unfounded
        return valid

    def _merge_rows(self, rows):
        for name, content in rows.contents_of_mine().items():
            if self._choose_by(name, fingerprint(content)) is Choice.CONFLICT:
                label = capfirst(str(rows.model._meta.verbose_name_plural))
                mine = rows_in_words(rows, [form.cleaned_data for form in rows.forms])
                theirs = rows_in_words(rows, [vars(row) for row in rows.theirs])
                error = self._conflict(name, label, mine, theirs)
                rows.formset.non_form_errors().extend(error.messages)

    # Saving

    def save(self, commit=True):
        put_aside = self._settle_rows() if self.merging else {}
        page = super().save(commit=commit)
        self.formsets |= put_aside
        return page

    def _settle_rows(self):
        """Bring the rows of both together; returns the formsets that have nothing to save."""
        put_aside = {}
        for rows in self.rows:
            of = {code: self.choices.get(rows.part_in(code)) for code in rows.languages}
            mine = [code for code, choice in of.items() if choice is Choice.MINE]
            if self.choices.get(rows.name) is Choice.MINE:
                rows.take_mine(self.instance, [code for code in of if code not in mine])
            else:
                rows.take_theirs(self.instance, mine)
                put_aside[rows.name] = self.formsets.pop(rows.name)
        return put_aside

    def get_field_updates_for_resave(self):
        updates = super().get_field_updates_for_resave()
        if self.merging:
            base = self.base_after_saving()
            updates.append((INPUT_NAME, base.signed_for(self.instance)))
        return updates

    def base_after_saving(self):
        stored = dict(self.mine)
        for name, (owner, field) in self.columns.items():
            if self.choices.get(name) in (Choice.MINE, Choice.SAME):
                value = field.value_from_object(owner)
                stored[name] = fingerprint(content_of(field, value))
        return self.base.after_saving(self.choices, self.mine, stored)

    def show_conflicts(self):
        """Update the base of a form that is rendered again, with its conflicts and what it kept."""
        self.data = self.data.copy()
        shown = self.choices | dict.fromkeys(self.unopened, Choice.CONFLICT)
        base = self.base.after_refusal(shown, self.theirs)
        self.data[INPUT_NAME] = base.signed_for(self.instance)

    # Messages

    @property
    def has_overwritten_parts(self):
        """Whether somebody else has changed a part that was written in this form before."""
        return any(
            self.theirs.get(name) != self.base.stored.get(name) for name in self.base.written
        )

    def language_of(self, part):
        """The language a part is written in, or ``None`` if all languages share it."""
        if part not in self.columns:
            return part.partition("@")[2] or None
        owner, field = self.columns[part]
        return language_of(type(owner), field.name)

    @cached_property
    def stale_parts(self):
        """The names of the parts of which this form shows an older version than is saved."""
        return [
            name
            for name, choice in self.choices.items()
            if choice is Choice.THEIRS and self.theirs[name] != self.base.stored.get(name)
        ]

    def is_stale(self, key, language):
        """Whether the unit ``key`` of a translation stands in one of :attr:`stale_parts`."""
        name = key.partition(".")[0]
        parts = {column(name, language), f"{name}@{language}", *self.row_fields(name)}
        return not parts.isdisjoint(self.stale_parts)

    @cached_property
    def changes_by_others(self):
        """The last change by somebody else in each language in which this form shows older text.

        The change of shared content has the key ``None``. The value is ``None`` for values that
        saving has filled in, such as an address.
        """
        languages = dict.fromkeys(self.language_of(name) for name in self.stale_parts)
        return {language: self._last_change(language) for language in languages}

    def _last_change(self, language):
        since = moment_of(self.data.get("loaded_revision_created_at"))
        return last_change(self.instance, language, self.for_user, since)


def _kept_value(owner, field):
    if field.many_to_many:
        return list(field.value_from_object(owner))
    return getattr(owner, field.name)
