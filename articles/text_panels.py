"""Inputs for the texts of a page: one for each language, saying which is written in it."""

import re

from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from articles.languages.available import column
from articles.languages.fields import language_of
from articles.languages.rights.read_only import FieldPanel, TitleFieldPanel


class WholeTextInput(AdminAutoHeightTextInput):
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


class HeadlinePanel(TitleFieldPanel):
    """The headline of one language, which is saved by itself before it is written to its end.

    Its slug follows as long as the page is not live in that language, be it live in others.
    """

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_should_apply(self):
            language = language_of(self.panel.model, self.field_name)
            return not (self.instance.pk and self.instance.is_live_in(language))


def headline_panel(language, heading=None):
    """The headline, large as in print."""
    heading = heading or HEADINGS["headline"]
    return HeadlinePanel(
        column("headline", language),
        targets=[column("url_slug", language)],
        heading=heading,
        placeholder=heading,
        widget=text_widget("headline", language),
    )


def text_panels(language, *names, heading=None):
    """The headline, then the translated fields ``names``, in one language."""
    return [headline_panel(language, heading), *(field_panel(name, language) for name in names)]


def field_panel(name, language, heading=None):
    return FieldPanel(
        column(name, language),
        heading=heading or HEADINGS.get(name),
        widget=text_widget(name, language),
    )


def text_widget(name, language):
    """An input as large as its text that says which language is written in it.

    ``None`` for a field that brings its own, such as a body.
    """
    widget = WIDGETS.get(name)
    return widget(attrs={"lang": language}) if widget else None


HEADINGS = {
    "headline": _("Headline"),
    "lead": _("Lead"),
    "body": _("Body"),
    "introduction": _("Introduction"),
    "description": _("Description"),
    "role": _("Role"),
    "biography": _("Biography"),
    "hero_alt": _("Alternative text"),
    "hero_caption": _("Caption"),
    "meta_title": _("Title for search engines"),
    "meta_description": _("Description for search engines"),
    "name": _("Name of the journal"),
    "tagline": _("Tagline"),
    "footer_text": _("Text at the foot of the pages"),
}

LINES = ("headline", "role", "hero_alt", "meta_title", "name", "tagline")
PARAGRAPHS = (
    "lead",
    "introduction",
    "description",
    "hero_caption",
    "meta_description",
    "footer_text",
)
WIDGETS = {
    **dict.fromkeys(LINES, LineInput),
    **dict.fromkeys(PARAGRAPHS, WholeTextInput),
}
