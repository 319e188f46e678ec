"""Corrections of an article: when a text was corrected, and what had been wrong."""

from datetime import date
from weakref import WeakKeyDictionary

from django.core.validators import MaxValueValidator
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from diptych.articles.blocks.text import RichTextBlock
from diptych.articles.languages.config.content import has_content
from diptych.articles.richtext.passages import FEATURE as PASSAGE


class DateBlock(blocks.DateBlock):
    """A date, typed as the language of the admin writes it and always stored as text."""

    @cached_property
    def field(self):
        from diptych.articles.languages.admin.inputs.date_inputs import LocalDateField

        return LocalDateField(**self.field_options)

    def get_prep_value(self, value):
        return value.isoformat() if isinstance(value, date) else value or None


class CorrectionBlock(blocks.StructBlock):
    date = DateBlock(
        label=_("Date"),
        validators=[
            MaxValueValidator(localdate, _("The date of a correction cannot be in the future."))
        ],
        help_text=_("When the text was corrected in this language."),
    )
    text = RichTextBlock(
        label=_("What was corrected"),
        features=["bold", "italic", "link", PASSAGE],
        help_text=_("What had been wrong, and what is right."),
    )

    class Meta:
        icon = "edit"
        label = _("Correction")
        description = _("A dated note that readers find below the article.")
        label_format = "{date} {text}"


def _new_correction():
    return {"date": localdate()}


class CorrectionsBlock(blocks.StreamBlock):
    """The corrections of a text in one language."""

    # A default of the block, not of its date: stored ones without a date keep none.
    correction = CorrectionBlock(default=_new_correction)

    class Meta:
        required = False

    @property
    def descriptions(self):
        """What ``StreamInput`` keeps for a day, as a new correction has the date of today."""
        today = localdate()
        if self._described[0] != today:
            self._described = today, WeakKeyDictionary()
        return self._described[1]

    _described = None, None

    def for_readers(self, corrections):
        """``corrections`` as readers see them: those with a date and a text, the newest first."""
        block = self.child_blocks["correction"]
        complete = [
            each
            for each in (corrections.raw_data if corrections else ())
            if each["type"] == "correction" and each["value"].get("date")
            if has_content(block.child_blocks["text"], each["value"].get("text"))
        ]
        newest_first = sorted(complete, key=lambda each: each["value"]["date"], reverse=True)
        return blocks.StreamValue(self, newest_first, is_lazy=True)

    def get_api_representation(self, value, context=None):
        return super().get_api_representation(self.for_readers(value), context=context)
