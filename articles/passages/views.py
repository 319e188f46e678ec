"""The dialog in which the language of a passage is chosen."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormView
from wagtail.admin.modal_workflow import render_modal_workflow

from articles.passages.tags import as_tag, language_choices


def _choices():
    return [("", _("Another one, by its code")), *language_choices()]


class PassageForm(forms.Form):
    """One of the languages that have a name here, or any other by its code."""

    language = forms.ChoiceField(label=_("Language"), choices=_choices, required=False)
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=35,
        help_text=_(
            "For a language that is not in the list: two or three letters, “cop” for Coptic."
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_code(self):
        code = self.cleaned_data["code"]
        if code and not as_tag(code):
            raise forms.ValidationError(
                _("“%(code)s” is no code of a language. “de” or “pt-BR” is."),
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
        """The code wins, which is only written when the list does not help."""
        return self.cleaned_data.get("code") or self.cleaned_data.get("language") or ""


class PassageView(FormView):
    form_class = PassageForm
    template_name = "diptych/admin/passage.html"

    def get_initial(self):
        tag = as_tag(self.request.GET.get("lang"))
        is_listed = tag in dict(language_choices())
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
