"""Imports in the admin: begun by a form, followed while they run, with a report at the end."""

import json

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from diptych.articles.languages.config.language_config import language_choices
from diptych.articles.transfer.admin.folder import imports_folder, stamps
from diptych.articles.transfer.admin.forms import ImportForm
from diptych.articles.transfer.admin.running import start
from diptych.articles.transfer.models import ImportRun
from diptych.articles.transfer.notes import LINES, MISSING, Note, grouped
from diptych.articles.transfer.report import Outcome
from diptych.articles.transfer.wordpress.comments import write_table

PERMISSION = "diptych_moving.import_archive"
#: Seconds after which a screen that shows progress is loaded again.
REFRESH = 3
ROWS = 50
#: Missing words, and lines of one kind of notes, that are shown; the report has all.
NOTES = 200


class ImportAccessMixin:
    """Lets superusers in, and those who have the permission to import."""

    def dispatch(self, request, *args, **kwargs):
        if imports_folder() is None or not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ImportScreenMixin(ImportAccessMixin, WagtailAdminTemplateMixin):
    header_icon = "download"

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("diptych_imports:index"), "label": _("Imports")},
            {"url": "", "label": self.page_title},
        ]


class ImportListView(ImportScreenMixin, ListView):
    template_name = "diptych_moving/list.html"
    page_title = gettext_lazy("Imports")
    queryset = ImportRun.objects.defer("report").select_related("started_by")
    paginate_by = ROWS
    paginator_class = WagtailPaginator

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class NewImportView(ImportScreenMixin, FormView):
    form_class = ImportForm
    template_name = "diptych_moving/new.html"
    page_title = gettext_lazy("Import from WordPress")

    def form_valid(self, form):
        return _begin(self.request, form.options, form.cleaned_data["is_dry"])


def _begin(request, options, is_dry):
    """Start an import unless another one runs; leads to its screen."""
    run, other = ImportRun.begin(
        started_by=request.user, options={**options, "stamps": stamps(options)}, is_dry=is_dry
    )
    if run is None:
        messages.error(request, _("Another import is running. Wait until it is done."))
        return redirect("diptych_imports:run", other.pk)
    start(run)
    return redirect("diptych_imports:run", run.pk)


class ImportRunView(ImportScreenMixin, TemplateView):
    """The progress of an import and, at the end, the outcome of each item."""

    template_name = "diptych_moving/run.html"

    @cached_property
    def run(self):
        return get_object_or_404(
            ImportRun.objects.select_related("started_by"), pk=self.kwargs["pk"]
        )

    @property
    def page_title(self):
        return _("Trial import") if self.run.is_dry else _("Import")

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if self.run.is_under_way:
            response["Refresh"] = str(REFRESH)
        return response

    def post(self, request, *args, **kwargs):
        """Repeat an import after a dry run or an interruption, with the same options."""
        is_dry, options = "try" in request.POST, self.run.options
        tried = options.get("stamps") if self.run.is_dry else None
        if not is_dry and tried is not None and tried != stamps(options):
            messages.error(request, _("A file was replaced since it was tried. Try again first."))
            return redirect("diptych_imports:run", self.run.pk)
        return _begin(request, options, is_dry)

    def get_context_data(self, **kwargs):
        report = json.loads(self.run.report) if self.run.report else {}
        outcome = self.request.GET.get("outcome", "")
        notes = [each for each in report.get("notes", ()) if each["kind"] != MISSING]
        missing = [each for each in report.get("notes", ()) if each["kind"] == MISSING]
        items = [*report.get("items", ()), *report.get("beside", ())]
        chosen = [each for each in items if not outcome or each["outcome"] == outcome]
        paginator = WagtailPaginator(chosen, ROWS)
        labels = dict(Outcome.choices)
        page = paginator.get_page(self.request.GET.get("p"))
        names = dict(language_choices())
        for each in page:
            each["label"] = labels.get(each["outcome"], each["outcome"])
            each["language_name"] = names.get(each["language"], each["language"])
        titles = {each["id"]: each.get("title") for each in report.get("items", ())}
        found = {key: sum(each["outcome"] == key for each in items) for key in labels}
        return super().get_context_data(
            run=self.run,
            rows=page,
            outcome=outcome,
            filters=[(key, labels[key], number) for key, number in found.items() if number],
            number=len(items),
            has_comments=bool(report.get("comments")),
            words=report.get("words"),
            missing=[{**each, "title": titles.get(each["id"])} for each in missing[:NOTES]],
            missing_left=max(0, len(missing) - NOTES),
            notes=[_shown(group) for group in grouped(_with_titles(notes, titles))],
            **kwargs,
        )


def _with_titles(notes, titles):
    """Notes of a report, in which an item is called by its title as well."""
    for each in notes:
        title = titles.get(each["id"])
        yield Note(**{**each, "id": f"{title} ({each['id']})" if title else each["id"]})


def _shown(group):
    """The context for a :class:`NoteGroup`: some lines, others on demand."""
    return {
        "label": group.label,
        "count": group.count,
        "first": group.lines[:LINES],
        "others": group.lines[LINES:NOTES],
        "number_of_others": sum(len(line.notes) for line in group.lines[LINES:NOTES]),
        "left": group.after(NOTES),
    }


class ImportCommentsView(ImportAccessMixin, View):
    """How many comments each text has, as a file for spreadsheets."""

    def get(self, request, pk):
        run = get_object_or_404(ImportRun, pk=pk)
        response = HttpResponse(
            "\ufeff",
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="comments-{run.pk}.csv"'},
        )
        write_table(response, json.loads(run.report or "{}").get("comments", ()))
        return response


class ImportReportView(ImportAccessMixin, View):
    """The report as a file."""

    def get(self, request, pk):
        run = get_object_or_404(ImportRun, pk=pk)
        return HttpResponse(
            run.report or "{}",
            content_type="application/json",
            headers={"Content-Disposition": f'attachment; filename="import-{run.pk}.json"'},
        )
