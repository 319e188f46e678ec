"""The state of each unit of a translation, and of the whole, as the side-by-side view shows it."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from diptych.articles.languages.admin.read_only.fields import row_field_name
from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.translations.comments import open_comments
from diptych.articles.languages.translations.comparing import TranslationUnit, compare
from diptych.articles.languages.translations.differences import word_differences
from diptych.articles.languages.translations.progress import words_in
from diptych.articles.languages.translations.units import (
    CAPTION,
    Unit,
    identified,
    stream_in,
    stream_names,
    translated_relations,
)


class RowFields:
    """The names of the inputs of translated rows in ``form``."""

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
        """The name of the input for ``unit`` of a row; empty if the form has none."""
        row, name = unit.row, column(unit.field_name, language)
        if row.relation not in self.form.formsets:
            key = row_field_name(row, name)
            return key if key in self.form.fields else ""
        by_number = self.prefixes.get((row.relation, row.pk))
        prefix = by_number or self.prefixes.get((row.relation, row.identity))
        return f"{prefix}-{name}" if prefix else ""


def _is_deleted(form):
    return bool(getattr(form, "cleaned_data", {}).get("DELETE"))


STATUS_LABELS = {
    "untranslated": _("To translate"),
    "outdated": _("Out of date"),
    "translated": _("Up to date"),
    "gone": _("Deleted in the source"),
    "own": _("Only in this language"),
    "wordless": _("Alternative text missing"),
    "captionless": _("No caption in this language"),
}
STATUS_ICONS = {
    "untranslated": "edit",
    "outdated": "warning",
    "translated": "check",
    "gone": "bin",
    "own": "",
    "wordless": "image",
    "captionless": "",
}


@dataclass
class Row:
    """A translation unit as it is shown beside its field or block."""

    place: object
    language: str
    #: The name of the field in the form, for one in a row below the page that has such a field.
    field: str = ""
    #: The image texts that readers of the source see there: ``(label, text)``.
    borrowed: tuple = ()
    #: How many of its pictures lack an alternative text in the translation.
    wordless: int = 0
    is_captionless: bool = False
    #: The open comments on it.
    comments: tuple = ()
    #: Whether the language is not published without it.
    is_required: bool = False

    @property
    def key(self):
        return self.place.key

    @property
    def unit(self):
        return self.place.unit

    @property
    def column(self):
        return column(self.unit.field_name, self.language)

    @property
    def is_block(self):
        return self.unit.is_block

    @property
    def block_id(self):
        return self.unit.block_id if self.is_block else ""

    @property
    def block_label(self):
        return self.unit.block.label if self.is_block else ""

    @property
    def kind(self):
        """The type of the block, or the name of the field."""
        return self.unit.block_type or self.unit.field_name

    @property
    def is_copyable(self):
        """Whether a button copies its source into the field."""
        return self.is_block or self.unit.block is None

    @property
    def has_actions(self):
        """Whether any button applies to it."""
        place = self.place
        is_open = place.status in ("untranslated", "outdated", "gone") or place.is_unconfirmed
        is_due = is_open or place.is_moved
        return is_due and bool(self.place.target or self.unit.has_words)

    @property
    def status(self):
        """That of the unit, or that of its image texts if nothing else is to be done."""
        if self.place.left and self.place.status == "own":
            return "untranslated"
        if self.place.needs_work:
            return self.place.status
        if self.wordless:
            return "wordless"
        if self.is_captionless:
            return "captionless"
        return "translated" if self.borrowed else self.place.status

    @property
    def label(self):
        if self.place.is_in_part:
            return _("Translated in part")
        if self.unconfirmed_parts:
            return _("To be confirmed")
        return STATUS_LABELS[self.status]

    @property
    def icon(self):
        return STATUS_ICONS[self.status]

    @property
    def needs_work(self):
        return self.place.needs_work or self.place.is_moved or bool(self.wordless)

    @property
    def words(self):
        return words_in(self.place)

    @cached_property
    def differences(self):
        """The changes of the source since it was translated."""
        if self.status != "outdated":
            return []
        return word_differences(self.place.before, self.place.source.text)

    @property
    def has_other_words(self):
        return any(each.kind != "same" for each in self.differences)

    @property
    def version(self):
        """Differs for different texts of the source."""
        return self.place.source.fingerprint[:12] if self.place.source else ""

    @property
    def is_identical(self):
        """Whether the translation is word for word the source."""
        source, target = self.place.source, self.place.target
        if source is None or target is None or not target.has_words:
            return False
        return target.fingerprint == source.fingerprint

    @property
    def is_confirmable(self):
        """Whether it may stay as it is; a required field may not stay empty."""
        target = self.place.target
        return not self.is_required or (target is not None and target.has_words)

    @property
    def is_draftable(self):
        """Whether its source has words that are not translated, or not as they read now."""
        is_open = self.status in ("untranslated", "outdated") and not self.is_unconfirmed
        return is_open and self.place.source is not None and self.place.source.has_words

    @property
    def is_older_copy(self):
        """Whether the source of a copied field has changed since."""
        target = self.place.target
        is_filled = self.status == "untranslated" and target is not None and target.has_words
        return is_filled and not (self.is_identical or self.place.is_in_part)

    @cached_property
    def empty_parts(self):
        """The untranslated texts of a block that is translated in part, joined."""
        return " · ".join(self.place.empty_texts) if self.place.is_in_part else ""

    @cached_property
    def copied_parts(self):
        """The texts that are still the same as in the source, joined."""
        return " · ".join(each.passage.text for each in self.place.left if each.is_copy)

    @property
    def parts_in_another_language(self):
        """The passages that read as another language, without those of the source."""
        return [each for each in self.place.left if not (each.is_copy or each.origin)]

    @property
    def unconfirmed_parts(self):
        """The passages that nobody has confirmed, each with its origin."""
        return [each for each in self.place.left if each.origin]

    @property
    def is_unconfirmed(self):
        """Whether that is all of it."""
        count = len(self.unconfirmed_parts)
        return count > 0 and count == len(self.place.target.passages)

    @property
    def open_count(self):
        """How many texts of it are to translate; one if all of it is."""
        return max(len(self.place.open_texts), 1) if self.place.is_in_part else 1

    @property
    def signature(self):
        """Differs whenever the row is rendered differently, for updates after automatic saves."""
        marks = (self.place.is_moved and "moved", self.is_identical and "same")
        images = [text for _name, text in self.borrowed]
        comments = [f"{each.pk}-{each.replies.count()}" for each in self.comments]
        left = [each.passage.text for each in self.place.left]
        parts = (self.status, self.version, *marks, self.empty_parts, *left, *images, *comments)
        return "".join(filter(None, parts))

    @property
    def deleted_text(self):
        return self.place.entry.get("text", "")


@dataclass
class Overview:
    """All rows of a translation, with counts of the work that is left."""

    page: object
    language: str
    #: The form of the translation, if it is shown.
    form: object = None

    @cached_property
    def rows(self):
        rows = [Row(place, self.language) for place in compare(self.page, self.language)]
        rows = self._with_pictures(rows)
        known = open_comments(self.page, self.language)
        for row in rows:
            row.comments = tuple(known.get(row.key, ()))
            row.is_required = row.key in self.page.required_parts
        fields = RowFields(self.form) if self.form is not None else None
        for row in rows:
            if fields and not row.place.is_in_text:
                row.field = fields.name_of(row.unit, self.language)
        return rows

    def _with_pictures(self, rows):
        """``rows`` with the texts of their images, and new rows for images in no other row."""
        if self.language == self.page.source_language:
            return rows
        source = self.page.image_texts(self.page.source_language)
        target = self.page.image_texts(self.language)
        known = {row.key for row in rows}
        for key in dict.fromkeys([*source.borrowed, *target.wordless]):
            if key not in known:
                rows.append(Row(TranslationUnit(key, Unit(key, key, "")), self.language))
        for row in rows:
            row.borrowed = source.borrowed.get(row.key, ())
            row.wordless = target.wordless[row.key]
            has_fewer = target.captions[row.key] < source.captions[row.key]
            row.is_captionless = has_fewer and any(name == CAPTION for name, _text in row.borrowed)
        return rows

    def _count(self, *statuses):
        return sum(1 for row in self.rows if row.status in statuses)

    @property
    def untranslated(self):
        """How many texts are to translate."""
        return sum(row.open_count for row in self.rows if row.status == "untranslated")

    @property
    def outdated(self):
        return self._count("outdated")

    @property
    def gone(self):
        return self._count("gone")

    @property
    def wordless(self):
        """How many images lack an alternative text in rows where nothing else is to be done."""
        return sum(row.wordless for row in self.rows if row.status == "wordless")

    @property
    def moved(self):
        return sum(1 for row in self.rows if row.place.is_moved)

    @cached_property
    def words(self):
        return sum(row.words for row in self.rows)

    @property
    def comment_count(self):
        return sum(len(row.comments) for row in self.rows)

    @property
    def is_finished(self):
        return not any(row.needs_work for row in self.rows)

    @property
    def is_untouched(self):
        """Whether the source has text and the translation has none."""
        written = [row for row in self.rows if row.place.target and row.place.is_in_text]
        return bool(self.rows) and not written

    @cached_property
    def can_start(self):
        """Whether the source has blocks and the translation none."""
        return self._has_blocks(self.page.source_language) and not self._has_blocks(self.language)

    @cached_property
    def can_pair(self):
        """Whether both have blocks, and none with the same id."""
        kept = {row.key for row in self.rows if row.is_block and row.place.source}
        own = {row.key for row in self.rows if row.is_block and row.place.target}
        return bool(kept and own) and not kept & own

    def _has_blocks(self, language):
        return any(stream_in(self.page, name, language) for name in stream_names(type(self.page)))
