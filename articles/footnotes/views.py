"""The dialog in which a footnote is written."""

from django import forms
from django.http import HttpResponseBadRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.footnotes.editor import NOTE_FEATURES
from articles.footnotes.stored import clean_note
from articles.rich_text_input import SoundRichTextArea


class FootnoteForm(forms.Form):
    """One note; its words come as Wagtail's editor of rich text sends them."""

    note = forms.CharField(
        label=_("Text of the note"),
        help_text=_("For a source or an aside. It is numbered by itself."),
        error_messages={"required": _("Write the note.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Made here, as the features of every application are registered by now.
        self.fields["note"].widget = SoundRichTextArea(features=NOTE_FEATURES)

    def clean_note(self):
        note = clean_note(self.cleaned_data["note"])
        if not note:
            raise forms.ValidationError(self.fields["note"].error_messages["required"])
        return note


@require_POST
def edit_footnote(request):
    """Open the dialog on ``stored``, a note or nothing; or take what was written in it.

    The answer has either ``html``, the form to show, or ``note``, the finished note.
    """
    try:
        if "stored" in request.POST:
            form = FootnoteForm(initial={"note": clean_note(request.POST["stored"])})
        else:
            form = FootnoteForm(request.POST)
            if form.is_valid():
                return JsonResponse({"note": form.cleaned_data["note"]})
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return HttpResponseBadRequest()
    html = render_to_string("diptych/admin/footnote.html", {"form": form}, request)
    return JsonResponse({"html": html})
