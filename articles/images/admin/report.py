"""The report of image problems."""

from django.forms import CheckboxSelectMultiple, RadioSelect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter, MultipleChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn

from diptych.articles.images.admin.rows import (
    Editable,
    can_see_report,
    place_url,
    problems_for,
    with_images_and_pages,
)
from diptych.articles.images.alt_texts.kinds import Kind
from diptych.articles.images.models import ImageProblem
from diptych.articles.languages.admin.listings.filters import language_filter
from diptych.articles.languages.admin.listings.reports import Report, ReportMenuItem, ReportViewSet
from diptych.articles.languages.admin.listings.states import language_heading


class WhereFilter(ChoiceFilter):
    """Filter by live pages, drafts, pages that replace the texts of the image, or no page."""

    def filter(self, queryset, value):
        if value == "live":
            return queryset.filter(is_live=True)
        if value == "draft":
            return queryset.filter(is_live=False, page__isnull=False)
        if value in ("own", "unused"):
            return queryset.filter(page__isnull=True, is_used=value == "own")
        return queryset


class ImageProblemFilterSet(WagtailFilterSet):
    kind = MultipleChoiceFilter(
        label=gettext_lazy("Problem"), choices=Kind.choices, widget=CheckboxSelectMultiple
    )
    language = language_filter()
    where = WhereFilter(
        label=gettext_lazy("Where"),
        choices=[
            ("live", gettext_lazy("On live pages")),
            ("draft", gettext_lazy("In drafts")),
            ("own", gettext_lazy("On pages with texts of their own")),
            ("unused", gettext_lazy("On no page")),
        ],
        empty_label=gettext_lazy("Any"),
        widget=RadioSelect,
    )

    class Meta:
        model = ImageProblem
        fields = []


class ProblemColumn(BaseColumn):
    def __init__(self, name, label, **kwargs):
        self.cell_template_name = f"diptych/admin/images/{name}_cell.html"
        super().__init__(name, label=label, classname=f"diptych-images-{name}", **kwargs)

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "language_name": language_heading(instance.language)}


COLUMNS = [
    ProblemColumn("image", gettext_lazy("Image")),
    ProblemColumn("problem", gettext_lazy("Problem")),
    ProblemColumn("language", gettext_lazy("Language")),
    ProblemColumn("page", gettext_lazy("Where")),
]


def where_in_words(problem):
    """The label for where a problem is: live, in a draft, or on no page."""
    if problem.page_id is None and problem.is_used:
        return _("On pages with texts of their own")
    if problem.page_id is None:
        return _("On no page in this language")
    return _("Live") if problem.is_live else _("Draft")


class ImageProblemsReport(Report):
    model = ImageProblem
    columns = COLUMNS
    template_name = "diptych/admin/images/report.html"
    page_title = gettext_lazy("Images with problems")
    header_icon = "image"
    filterset_class = ImageProblemFilterSet
    table_classname = "listing diptych-images"
    export_filename = "images-with-problems"
    can_see = staticmethod(can_see_report)

    def get_queryset(self):
        return with_images_and_pages(problems_for(self.request.user))

    def decorate_paginated_queryset(self, problems):
        if self.is_export:
            return problems
        editable = Editable(self.request.user)
        for problem in problems:
            self._add_links(problem, editable)
        return problems

    @staticmethod
    def _editor_of(problem):
        field, _colon, block_id = problem.place.partition(":")
        return place_url(problem.page_id, field, problem.language, block_id)

    def _add_links(self, problem, editable):
        problem.where = where_in_words(problem)
        problem.image_url = problem.page_url = ""
        if editable.image(problem.image):
            problem.image_url = reverse("wagtailimages:edit", args=[problem.image_id])
        if problem.page and editable.page(problem.page):
            problem.page_url = self._editor_of(problem)

    @cached_property
    def no_results_message(self):
        if self.is_filtering:
            return _("No image has such a problem.")
        return _("No image has any problem.")

    # Export

    @cached_property
    def spreadsheet(self):
        """The columns of the export: heading to function of a row."""
        return {
            _("Image"): lambda row: row.image.title,
            _("Address of the image"): lambda row: self._absolute(
                reverse("wagtailimages:edit", args=[row.image_id])
            ),
            _("Language"): lambda row: str(language_heading(row.language)),
            _("Problem"): lambda row: row.get_kind_display(),
            _("Advice"): lambda row: row.fault.advice,
            _("Text at fault"): lambda row: row.words,
            _("Page"): lambda row: row.page.get_admin_display_title() if row.page else "",
            _("Address of the page"): lambda row: (
                self._absolute(self._editor_of(row)) if row.page else ""
            ),
            _("Where"): where_in_words,
        }

    def _absolute(self, address):
        return self.request.build_absolute_uri(address)


class ImageProblemsViewSet(ReportViewSet):
    report_class = ImageProblemsReport
    url_prefix = "diptych/image-problems"


def menu_item():
    """For the hook ``register_reports_menu_item``."""
    return ReportMenuItem(ImageProblemsReport, "diptych_image_problems", order=650)
