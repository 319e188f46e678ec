"""The panels of translated fields in one language, the headline among them."""

import json
from typing import Any

from django.utils.functional import lazy
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.blocks import BlockWidget
from wagtail.models import COMMENTS_RELATION_NAME

from diptych.articles.languages.admin.editor.widgets import WIDGETS, LineInput
from diptych.articles.languages.admin.read_only.fields import FieldPanel, TitleFieldPanel
from diptych.articles.languages.config.fields import language_of
from diptych.articles.languages.config.language_config import column, language_attributes

capfirst_lazy = lazy(capfirst, str)


class HeadlinePanel(TitleFieldPanel):
    """The headline of one language, which is saved by itself before it is written to its end.

    Its slug follows as long as the page is not live in that language, be it live in others.
    """

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_should_apply(self):
            language = language_of(self.panel.model, self.field_name)
            return not (self.instance.pk and self.instance.is_live_in(language))


class TranslatedFieldPanel(FieldPanel):
    """The column of a translated field in one language, with the name and type of the field.

    Without ``heading`` it has the label of the field, without the language in brackets that
    modeltranslation adds. Plain text gets an input as large as its text, with the ``lang`` of its
    language; ``widget`` is a class of another one. The inputs of other fields, such as those of
    blocks, have the direction of the language by the class of the panel.
    """

    def on_model_bound(self):
        original = getattr(self.db_field, "translated_field", None)
        if original is None:
            return
        if not self.heading:
            self.heading = capfirst_lazy(original.verbose_name)
        widget = self.widget
        if widget is None and not original.choices:
            widget = WIDGETS.get(type(original))
        attributes = language_attributes(self.db_field.language)
        if isinstance(widget, type):
            self.widget = widget(attrs=attributes)
        elif attributes["dir"] == "rtl":
            self.classname = f"{self.classname} diptych-rtl".strip()

    class BoundPanel(FieldPanel.BoundPanel):
        def get_editable_context_data(self):
            context = super().get_editable_context_data()
            if isinstance(self.bound_field.field.widget, BlockWidget):
                stream = described_once(str(context["rendered_field"]), self.bound_field, self.form)
                context["rendered_field"] = built_late(stream) if self._may_wait() else stream
            return context

        def _may_wait(self):
            """Whether its blocks may be built later, as the form keeps what is not posted.

            Comments are shown beside all fields from the start.
            """
            form, name = self.form, self.field_name
            if not getattr(form, "merging", False) or form.is_bound or not self.instance.pk:
                return False
            comments = getattr(self.instance, COMMENTS_RELATION_NAME).all()
            return not any(each.contentpath.split(".")[0] == name for each in comments)


#: The attribute of a stream with the description of its blocks.
DESCRIPTION = 'data-w-block-data-value="'
#: What may not stand in a script, as Django's filter ``json_script`` writes it.
IN_SCRIPTS = (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026"))


def described_once(stream, bound_field, form):
    """The HTML of a stream, which names the description of its blocks; late_streams.js reads it.

    The description stands before the first stream of these blocks in the form.
    """
    described = vars(form).setdefault("_described_blocks", {})
    widget, own = bound_field.field.widget, f"{bound_field.html_name}-blocks"
    name, script = described.setdefault(id(widget.block_def), own), ""
    if name == own:
        description = _in_script(widget.block_json)
        script = f'<script type="application/json" id="{own}">{description}</script>'
    reference = escape(json.dumps({"_type": "diptych.DescribedBlocks", "_args": [name]}))
    before, attribute, rest = stream.partition(DESCRIPTION)
    after = rest.partition('"')[2]
    html = f'{script}{before}{attribute}{reference}"{after}'
    return mark_safe(html)  # noqa: S308 as Wagtail renders it


def _in_script(description):
    for character, written in IN_SCRIPTS:
        description = description.replace(character, written)
    return description


def built_late(stream):
    """The HTML of a stream, which late_streams.js builds once its tab is open."""
    html = stream.replace('data-controller="w-block"', 'data-controller="diptych-late-stream"', 1)
    return mark_safe(html)  # noqa: S308 as Wagtail renders it


def headline_panel(language, heading=None):
    """The headline, large as in print."""
    heading = heading or _("Headline")
    return HeadlinePanel(
        column("headline", language),
        targets=[column("url_slug", language)],
        heading=heading,
        placeholder=heading,
        widget=LineInput(attrs=language_attributes(language)),
    )


def text_panels(language: str, *names: str, heading: str | None = None) -> list[Panel]:
    """The headline, then the translated fields ``names``, in one language."""
    return [headline_panel(language, heading), *(field_panel(name, language) for name in names)]


def field_panel(name: str, language: str, **kwargs: Any) -> TranslatedFieldPanel:
    """The translated field ``name`` in one language; see :class:`TranslatedFieldPanel`."""
    return TranslatedFieldPanel(column(name, language), **kwargs)
