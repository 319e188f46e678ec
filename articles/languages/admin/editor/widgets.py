"""The inputs of texts in one language, and of slugs."""

import re

from django.db import models
from wagtail.admin import widgets

from diptych.articles.languages.admin.inputs.frames import FramedInput
from diptych.articles.languages.routes.slugs import ELISION, letters_of, makes_unicode


class SlugInput(FramedInput, widgets.SlugInput):
    """Named as Wagtail's, which styles fields by this name."""


def slug_input(language):
    """A slug input whose script gives the same results as
    :func:`~diptych.articles.languages.routes.slugs.make_page_slug`: elided words are separated, and
    accents transliterated, letters written as the language does, unless they are kept. Wagtail's
    script lacks "œ".
    """
    letters = {} if makes_unicode() else {"œ": "oe", **letters_of(language)}
    cases = [pair for low, other in letters.items() for pair in _both_cases(low, other)]
    return SlugInput(
        locale=language,
        formatters=[(ELISION, " "), *cases],
        attrs={
            "lang": language,
            "dir": "ltr",
            "data-w-slug-allow-unicode-value": "true" if makes_unicode() else "false",
            "data-action": (
                "blur->w-slug#urlify w-sync:check->w-slug#compare"
                " w-sync:apply->w-slug#urlify:prevent"
            ),
        },
    )


def _both_cases(letter, written):
    capital = "ẞ" if letter == "ß" else letter.upper()
    return (capital, written.upper()), (letter, written)


class WholeTextInput(FramedInput, widgets.AdminAutoHeightTextInput):
    """For text that the form judges as it was typed or pasted.

    With ``maxlength`` a browser would cut a text that is too long without a word about it.
    """

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs.pop("maxlength", None)
        return attrs


class LineInput(WholeTextInput):
    """For text of one line, however long: shown whole, it is broken where the column ends.

    A line break that is typed or pasted counts as a space.
    """

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value and re.sub(r"\s*[\r\n]+\s*", " ", value)


#: The inputs of plain text, by the class of the field.
WIDGETS = {models.CharField: LineInput, models.TextField: WholeTextInput}
