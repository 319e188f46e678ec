"""The glossary out as a file, and in after a report."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_GET
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from diptych.articles.languages.admin.access import refused_in_words
from diptych.articles.translation_tools.admin.views import attachment, packed, unpacked
from diptych.articles.translation_tools.formats.reading import LARGEST_FILE, FileRefused
from diptych.articles.translation_tools.glossary.access import may_translate
from diptych.articles.translation_tools.glossary.files import FORMATS, read
from diptych.articles.translation_tools.glossary.importing import (
    CHANGED,
    NEW,
    REFUSED,
    UNCHANGED,
    compare,
    take,
)
from diptych.articles.translation_tools.glossary.models import Concept

#: The most rows of a report that are shown.
SHOWN = 200
RESULTS = {
    NEW: pgettext_lazy("entries of a glossary", "New"),
    CHANGED: pgettext_lazy("entries of a glossary", "Changed"),
    UNCHANGED: pgettext_lazy("entries of a glossary", "Unchanged"),
    REFUSED: pgettext_lazy("entries of a glossary", "Refused"),
}


class GlossaryScreenMixin(WagtailAdminTemplateMixin):
    """A screen for those who may translate, below the list of entries."""

    header_icon = "list-ul"

    def dispatch(self, request, *args, **kwargs):
        if not may_translate(request.user):
            raise PermissionDenied
        self.back_url = reverse("diptych_glossary:index")
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        glossary = {"url": self.back_url, "label": _("Glossary")}
        return [*self.breadcrumbs_items, glossary, {"url": "", "label": self.page_title}]


class UploadForm(forms.Form):
    """A CSV or TBX file; ``cleaned_data["entries"]`` are the entries in it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.tbx,.xml"}),
    )

    def clean_file(self):
        data = self.cleaned_data["file"].read(LARGEST_FILE + 1)
        try:
            self.cleaned_data["entries"] = read(data)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return data


class ImportView(GlossaryScreenMixin, FormView):
    """Takes in a file, after a report of what would be taken; the file stands in the report."""

    page_title = gettext_lazy("Take a file into the glossary")
    form_class = UploadForm
    template_name = "diptych_translation_tools/glossary/import.html"

    def post(self, request, *args, **kwargs):
        if "content" not in request.POST:
            return super().post(request, *args, **kwargs)
        try:
            entries = read(unpacked(request.POST["content"]))
            with transaction.atomic():
                count = take(compare(entries), request.user)
        except FileRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        message = ngettext(
            "%(count)s entry has been taken into the glossary.",
            "%(count)s entries have been taken into the glossary.",
            count,
        )
        messages.success(request, message % {"count": number_format(count, force_grouping=True)})
        return redirect(reverse("diptych_glossary:index"))

    def form_valid(self, form):
        rows = compare(form.cleaned_data["entries"])
        rows.sort(key=lambda row: (REFUSED, CHANGED, NEW, UNCHANGED).index(row.result))
        counts = {each: sum(row.result == each for row in rows) for each in RESULTS}
        for row in rows[:SHOWN]:
            row.label = RESULTS[row.result]
        return self.render_to_response(
            self.get_context_data(
                form=UploadForm(),
                rows=rows[:SHOWN],
                more=max(len(rows) - SHOWN, 0),
                counts=[(RESULTS[each], count) for each, count in counts.items()],
                taken=counts[NEW] + counts[CHANGED],
                hidden={"content": packed(form.cleaned_data["file"])},
                is_report=True,
            )
        )

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "back_url": self.back_url}


@refused_in_words
@require_GET
def export(request, extension):
    """The whole glossary as a file."""
    if not may_translate(request.user):
        raise PermissionDenied
    if extension not in FORMATS:
        raise Http404
    write, _label = FORMATS[extension]
    concepts = Concept.objects.order_by("pk").prefetch_related("terms")
    return attachment(write(concepts), f"glossary.{extension}")
