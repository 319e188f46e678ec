from django import forms
from django.utils.translation import gettext_lazy as _

from articles.text_panels import WholeTextInput

#: A comment is mailed and stands in the history of the page.
LONGEST = 2000


class SubmissionForm(forms.Form):
    comment = forms.CharField(
        label=_("Comment for the reviewer"),
        required=False,
        max_length=LONGEST,
        widget=WholeTextInput,
    )


class DecisionForm(forms.Form):
    """``fingerprint`` is that of the text on the screen; nothing else may be approved."""

    comment = forms.CharField(
        label=_("Comment for the translator"),
        required=False,
        max_length=LONGEST,
        widget=WholeTextInput,
        help_text=_("Needed to send the text back."),
    )
    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
