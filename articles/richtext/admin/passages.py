"""Passages in another language as entities of Wagtail's rich text editor."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormView
from draftjs_exporter.dom import DOM
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.richtext.passages import (
    FEATURE,
    as_tag,
    is_written_from_the_right,
    language_choices,
)

ENTITY = "PASSAGE"


def register_feature(features):
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "globe",
                "description": _("Language of a passage"),
                "nothingSelected": _("First select the words that are in another language."),
                "attributes": ["lang"],
                "dialog": reverse_lazy("diptych_passage"),
            },
            js=["diptych/admin/passages.js"],
            css={"all": ["diptych/admin/passages.css"]},
        ),
    )
    rule = {
        "from_database_format": {"span[lang]": PassageHandler(ENTITY)},
        "to_database_format": {"entity_decorators": {ENTITY: passage_element}},
    }
    features.register_converter_rule("contentstate", FEATURE, rule)


def passage_element(props):
    """The stored element of a passage; its content alone without a valid language."""
    tag = as_tag(props.get("lang"))
    if not tag:
        return props["children"]
    attributes = {"lang": tag}
    if is_written_from_the_right(tag):
        attributes["dir"] = "rtl"
    return DOM.create_element("span", attributes, props["children"])


class PassageHandler(InlineEntityElementHandler):
    mutability = "MUTABLE"

    def get_attribute_data(self, attrs):
        return {"lang": as_tag(attrs["lang"])}


#: Maximum number of used languages listed first.
MOST_USED = 20


class PassageForm(forms.Form):
    """Choice of a named language, or entry of a language code.

    Languages of the site and those ``used`` in the text come first.
    """

    language = forms.ChoiceField(label=_("Language"), required=False)
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=35,
        help_text=_(
            "For a language that is not in the list: two or three letters, “cop” for Coptic."
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args, used=(), **kwargs):
        super().__init__(*args, **kwargs)
        first, others = language_choices({*used, *map(as_tag, available_languages())})
        self.fields["language"].choices = [
            ("", _("Another one, by its code")),
            (_("In this text and on this site"), first),
            (_("All other languages"), others),
        ]

    def clean_code(self):
        code = self.cleaned_data["code"]
        if code and not as_tag(code):
            raise forms.ValidationError(
                _("“%(code)s” is not a language code; “de” and “pt-BR” are."),
                params={"code": code},
            )
        return as_tag(code)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.tag:
            self.add_error("language", _("Choose a language, or write its code."))
        return cleaned

    @property
    def tag(self):
        """The language tag; an entered code wins over the list."""
        return self.cleaned_data.get("code") or self.cleaned_data.get("language") or ""


class PassageView(FormView):
    form_class = PassageForm
    template_name = "diptych/admin/passage.html"

    def get_used(self):
        """The languages of other passages of the text, posted by the script."""
        tags = map(as_tag, self.request.GET.get("used", "").split(","))
        return list(dict.fromkeys(filter(None, tags)))[:MOST_USED]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "used": self.get_used()}

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "used": ",".join(self.get_used())}

    def get_initial(self):
        tag = as_tag(self.request.GET.get("lang"))
        is_listed = any(tag in dict(group) for group in language_choices(self.get_used()))
        return {"language": tag if is_listed else "", "code": "" if is_listed else tag}

    def form_valid(self, form):
        return render_modal_workflow(
            self.request, None, json_data={"step": "chosen", "lang": form.tag}
        )

    def render_to_response(self, context, **kwargs):
        return render_modal_workflow(
            self.request,
            self.template_name,
            template_vars=context,
            json_data={"step": "choose"},
        )
