"""The panel with the editor's picks below an article, and suggestions while writing."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static

from diptych.articles.languages.admin.read_only.fields import MultipleChooserPanel, PageChooserPanel


class SuggestionsPanel(Panel):
    """Articles similar to the current text, in every language; loaded by the browser."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "diptych_related/admin/suggestions_panel.html"

        @property
        def suggestions_url(self):
            if self.instance.pk:
                return reverse("diptych_related_suggestions", args=[self.instance.pk])
            meta, parent = self.instance._meta, getattr(self.form, "parent_page", None)
            if parent is None:
                return ""
            names = (meta.app_label, meta.model_name, parent.pk)
            return reverse("diptych_related_suggestions_new", args=names)

        @property
        def media(self):
            return forms.Media(
                css={"all": [versioned_static("diptych_related/admin/related.css")]},
                js=[
                    versioned_static("diptych_languages/admin/rows.js"),
                    versioned_static("diptych_related/admin/related.js"),
                ],
            )


def related_panels():
    """The picks, the exclusions, and the suggestions for both."""
    return [
        MultipleChooserPanel(
            "picks",
            chooser_field_name="suggestion",
            heading=_("Articles to suggest"),
            label=_("Article"),
            add_label=_("Add an article"),
            help_text=_(
                "Shown below the article in this order, even where its text leads to them, before "
                "the articles similar to it."
            ),
            panels=[PageChooserPanel("suggestion")],
        ),
        SuggestionsPanel(heading=_("Similar to this article")),
        MultipleChooserPanel(
            "exclusions",
            chooser_field_name="excluded",
            heading=_("Articles never to suggest"),
            label=_("Article"),
            add_label=_("Add an article"),
            help_text=_("However near they are to this one."),
            panels=[PageChooserPanel("excluded")],
        ),
    ]
