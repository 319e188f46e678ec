"""Translation memories of other programs: their list, TMX in after a report, and out whole."""

import io

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Count
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import DateColumn, NumberColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from diptych.articles.translation_tools.admin.views import packed, unpacked
from diptych.articles.translation_tools.concordance.admin.export import PairForm
from diptych.articles.translation_tools.concordance.memories import index_soon, name_of_file, take
from diptych.articles.translation_tools.concordance.models import LONGEST_NAME, TranslationMemory
from diptych.articles.translation_tools.concordance.taking import (
    REFUSED,
    REPLACED,
    TAKEN,
    UNCHANGED,
)
from diptych.articles.translation_tools.formats.reading import (
    LARGEST_FILE,
    MOST_TEXTS,
    FileRefused,
    check_size,
)
from diptych.articles.translation_tools.glossary.admin.files import GlossaryScreenMixin

NAME = "diptych_memories"
RESULTS = {
    TAKEN: pgettext_lazy("texts of a memory", "New"),
    REPLACED: pgettext_lazy("texts of a memory", "Older ones replaced"),
    UNCHANGED: pgettext_lazy("texts of a memory", "There already"),
    REFUSED: pgettext_lazy("texts of a memory", "Refused"),
}


class MemoryForm(PairForm):
    """What is asked again when a file is taken: the languages and the name of its memory."""

    label = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=gettext_lazy(
            "Stands under each passage. Without one, the name of the file is taken."
        ),
    )

    @property
    def pair(self):
        return self.cleaned_data["source"], self.cleaned_data["target"]


class UploadForm(MemoryForm):
    """A TMX file with its languages; ``cleaned_data["report"]`` says what would be taken."""

    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.FileInput(attrs={"accept": ".tmx,.xml"})
    )
    field_order = ("file", "source", "target", "label")

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        upload = cleaned["file"]
        cleaned["data"] = upload.read(LARGEST_FILE + 1)
        cleaned["label"] = cleaned["label"] or name_of_file(upload.name)
        try:
            cleaned["report"] = take_data(cleaned["data"], self.pair, cleaned["label"], is_dry=True)
        except FileRefused as refusal:
            self.add_error("file", str(refusal))
        return cleaned


def take_data(data, pair, name, user=None, *, is_dry=False):
    """The report of the bytes of a file, which is no larger than screens take."""
    try:
        check_size(data)
        return take(io.BytesIO(data), pair, name, user, is_dry=is_dry, most=MOST_TEXTS)
    except FileRefused as refusal:
        if len(data) <= LARGEST_FILE:
            raise
        hint = _("The command import_memory takes larger ones.")
        raise FileRefused(f"{refusal} {hint}") from refusal


class ImportView(GlossaryScreenMixin, FormView):
    """Takes in a file, after a report of what would be taken; the file stands in the report."""

    page_title = gettext_lazy("Take in a translation memory")
    form_class = UploadForm
    template_name = "diptych_translation_tools/concordance/import.html"

    def post(self, request, *args, **kwargs):
        if "content" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = MemoryForm(request.POST)
        if not form.is_valid() or not form.cleaned_data["label"]:
            return redirect(request.path)
        try:
            data = unpacked(request.POST["content"])
            report = take_data(data, form.pair, form.cleaned_data["label"], request.user)
        except FileRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        index_soon()
        message = ngettext(
            "%(count)s passage has been taken into the concordance, and is found in a moment.",
            "%(count)s passages have been taken into the concordance, and are found in a moment.",
            report.changes,
        )
        messages.success(
            request, message % {"count": number_format(report.changes, force_grouping=True)}
        )
        return redirect(reverse(f"{NAME}:index"))

    def form_valid(self, form):
        found = form.cleaned_data
        report = found["report"]
        return self.render_to_response(
            self.get_context_data(
                form=form,
                rows=report.refused,
                more=report.counts[REFUSED] - len(report.refused),
                counts=[(label, report.counts[each]) for each, label in RESULTS.items()],
                taken=report.changes,
                hidden={
                    **{name: found[name] for name in ("source", "target", "label")},
                    "content": packed(found["data"]),
                },
                is_report=True,
            )
        )

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "back_url": reverse(f"{NAME}:index")}


class MemoriesView(generic.IndexView):
    add_item_label = gettext_lazy("Take in a file")

    def get_add_url(self):
        return reverse(f"{NAME}:import")

    def get_base_queryset(self):
        return super().get_base_queryset().annotate(passages=Count("pairs"))


class MemoryDeleteView(generic.DeleteView):
    def confirmation_message(self):
        return _("Its passages are no longer found. What stands in articles stays as it is.")

    def delete_action(self):
        super().delete_action()
        index_soon()


class MemoryViewSet(ModelViewSet):
    model = TranslationMemory
    name = NAME
    url_prefix = "diptych/memories"
    icon = "download"
    index_view_class = MemoriesView
    index_results_template_name = "diptych_translation_tools/concordance/memories.html"
    delete_view_class = MemoryDeleteView
    copy_view_enabled = False
    exclude_form_fields = ()
    add_to_reference_index = False
    search_fields = ["name"]
    search_backend_name = None
    ordering = "name"
    list_display = [
        "name",
        NumberColumn("passages", label=gettext_lazy("Passages"), sort_key="passages"),
        DateColumn("taken_at", label=gettext_lazy("Taken in"), sort_key="taken_at"),
    ]
    OFFERED = ("index", "index_results", "delete")

    def get_common_view_kwargs(self, **kwargs):
        unknown = {f"{each}_url_name": None for each in ("usage", "edit", "add", "history")}
        return super().get_common_view_kwargs(**{**unknown, **kwargs})

    def get_permissions_to_register(self):
        return Permission.objects.none()

    def get_urlpatterns(self):
        own = [each for each in super().get_urlpatterns() if each.name in self.OFFERED]
        return [*own, path("import/", ImportView.as_view(), name="import")]
