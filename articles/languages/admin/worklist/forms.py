"""Forms to assign and request translations."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.utils import get_user_display_name

from diptych.articles.languages.admin.editor.widgets import WholeTextInput
from diptych.articles.languages.admin.inputs.date_inputs import LocalDateField
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.admin.worklist.permissions import (
    people_permitted,
    people_who_translate,
)
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.config.primary_keys import DIGITS
from diptych.articles.languages.permissions.policy import can


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return get_user_display_name(obj)


class WorkForm(forms.Form):
    """Translator, due date and comment of a translation."""

    translator = PersonField(queryset=None, required=False, label=gettext_lazy("Assigned to"))
    due_date = LocalDateField(required=False, label=gettext_lazy("Due date"))
    comment = forms.CharField(
        required=False,
        max_length=2000,
        label=gettext_lazy("Comment"),
        widget=WholeTextInput,
    )

    def clean_due_date(self):
        """Reject past dates, except for the one that was set before."""
        date = self.cleaned_data["due_date"]
        if date and date < timezone.localdate() and date != self.initial.get("due_date"):
            raise forms.ValidationError(_("This date has passed."))
        return date


class AssignmentForm(WorkForm):
    """The assignment of one translation; only a comment for those who may not assign it.

    ``seen`` is the id of the person who held the translation when the form was shown.
    """

    seen = forms.IntegerField(
        required=False, min_value=0, max_value=10**DIGITS, widget=forms.HiddenInput
    )

    def __init__(self, *args, assignment, page, can_assign, **kwargs):
        super().__init__(*args, initial=_values_of(assignment), **kwargs)
        if not can_assign:
            del self.fields["translator"], self.fields["due_date"]
            return
        people = people_who_translate(page, assignment.language, besides=assignment.holder)
        self.fields["translator"].queryset = people
        self.fields["translator"].empty_label = _("Nobody: whoever claims it")


def _values_of(assignment):
    return {
        "translator": assignment.holder,
        "due_date": assignment.due_date,
        "comment": assignment.comment,
        "seen": assignment.translator_id,
    }


class AskForm(WorkForm):
    """A request for selected rows, whose languages are known."""

    def __init__(self, *args, languages, **kwargs):
        super().__init__(*args, **kwargs)
        self.languages = languages
        self.fields["translator"].queryset = people_permitted("edit", *languages)
        self.fields["translator"].empty_label = _("Nobody: whoever claims it")

    def wanted_languages(self):
        return self.languages

    def clean(self):
        data = super().clean()
        translator = data.get("translator")
        for language in self.wanted_languages() if translator else ():
            if not can(translator, "edit", language):
                names = {
                    "name": get_user_display_name(translator),
                    "language": translated_language_name(language),
                }
                message = _("%(name)s has no right to edit %(language)s.")
                self.add_error("translator", message % names)
        return data


class AskInLanguageForm(AskForm):
    """A request for selected pages, with a choice of the language."""

    language = forms.ChoiceField(label=gettext_lazy("Language"))

    field_order = ("language", "translator", "due_date", "comment")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [
            (code, language_heading(code)) for code in self.languages
        ]

    def wanted_languages(self):
        language = self.cleaned_data.get("language")
        return [language] if language else []
