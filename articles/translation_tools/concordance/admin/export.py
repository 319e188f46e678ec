"""The concordance out as a TMX file."""

from django import forms
from django.http import StreamingHttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from diptych.articles.languages.config.language_config import available_languages, language_choices
from diptych.articles.translation_tools.concordance import tmx
from diptych.articles.translation_tools.glossary.admin.files import GlossaryScreenMixin


class PairForm(forms.Form):
    """Two languages, from the first into the second unless something else is chosen."""

    source = forms.ChoiceField(label=gettext_lazy("From"))
    target = forms.ChoiceField(label=gettext_lazy("Into"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        languages = available_languages()
        for name, language in (("source", languages[0]), ("target", languages[-1])):
            self.fields[name].choices = language_choices()
            self.fields[name].initial = language

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("source") and cleaned.get("source") == cleaned.get("target"):
            self.add_error("target", _("The source and the target are the same language."))
        return cleaned


class ExportView(GlossaryScreenMixin, FormView):
    """Downloads the passages of two languages that whoever asks may see."""

    page_title = gettext_lazy("Download the concordance")
    form_class = PairForm
    template_name = "diptych_translation_tools/concordance/export.html"

    def form_valid(self, form):
        source, target = (form.cleaned_data[each] for each in ("source", "target"))
        pairs = tmx.pairs_for(self.request.user, source, target)
        response = StreamingHttpResponse(
            tmx.lines(pairs, source), content_type="application/octet-stream"
        )
        name = f"concordance.{source}-{target}.tmx"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "back_url": self.back_url}


urlpatterns = [
    path("diptych/concordance/export/", ExportView.as_view(), name="diptych_concordance_export"),
]
