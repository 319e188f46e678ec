"""The list of translations: columns, search, order and export.

Each cell names its column, for screens too narrow for a table.
"""

from django.middleware.csrf import get_token
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn
from wagtail.admin.utils import get_user_display_name, set_query_params
from wagtail.admin.views.generic import IndexView

from diptych.articles.languages.admin.access import page_policy
from diptych.articles.languages.admin.links import (
    list_as_shown,
    review_url,
    translating_url,
    worklist_url,
)
from diptych.articles.languages.admin.listings.base import local
from diptych.articles.languages.admin.listings.exports import SpokenExportMixin
from diptych.articles.languages.admin.listings.searching import pages_by_title
from diptych.articles.languages.admin.listings.states import STATE_LABELS, language_heading
from diptych.articles.languages.admin.worklist.permissions import WorklistPermissions
from diptych.articles.languages.admin.worklist.rows import (
    CONCERNED,
    OPEN,
    describe,
    describe_in_batches,
    in_order,
    is_overdue,
    rows_for,
)
from diptych.articles.languages.admin.worklist.tabs import (
    MOST_COUNTED,
    ORDER,
    TAB,
    Tab,
    counts,
    links,
)
from diptych.articles.languages.models import PageLanguage, Progress, Review
from diptych.articles.languages.publication.schedules.scheduling import coming_dates

#: The icon of each state, so that it is not told by colour alone.
MARKS = {
    Progress.MISSING: "radio-empty",
    Progress.IN_PROGRESS: "edit",
    Progress.TO_REVIEW: "glasses",
    Progress.INCOMPLETE: "circle-plus",
    Progress.OUTDATED: "warning",
    Progress.UP_TO_DATE: "check",
    Progress.ORIGINAL: "title",
}


class WorklistColumn(BaseColumn):
    def __init__(self, name, label, **kwargs):
        self.cell_template_name = f"diptych_languages/admin/worklist/{name}_cell.html"
        kwargs.setdefault("classname", f"diptych-worklist-{name}")
        super().__init__(name, label=label, **kwargs)

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "work": instance.assignment}


class HeadlineColumn(WorklistColumn):
    """The headline, linked to the side-by-side view for those who may edit.

    The tab of texts to review is shown to reviewers only, and links to the reviews.
    """

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        can_open = instance.can_claim or instance.can_assign
        if parent_context["request"].GET.get(TAB) == Tab.TO_REVIEW:
            return {**context, "url": review_url(instance.page_id, instance.language)}
        url = translating_url(instance.page_id, instance.language)
        next_url = list_as_shown(parent_context["request"])
        context["url"] = set_query_params(url, {"next": next_url}) if can_open else None
        return context


class LanguageColumn(WorklistColumn):
    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "language_name": language_heading(instance.language)}


class ProgressColumn(WorklistColumn):
    """The progress of the translation, linked to its review if one is open."""

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        if instance.progress == Progress.TO_REVIEW:
            context["url"] = review_url(instance.page_id, instance.language)
        context["mark"] = MARKS[instance.progress]
        return context


class LiveColumn(WorklistColumn):
    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        words = STATE_LABELS[instance.state] if instance.live else _("Not live")
        dates = coming_dates(instance.page, instance.language)
        return {**context, "words": words, "coming_dates": dates}


class ClaimedColumn(WorklistColumn):
    """The translator, with buttons to claim, release and assign."""

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        holder = instance.assignment.holder if instance.assignment else None
        context.update(
            holder=holder,
            is_mine=holder == request.user,
            claimable=OPEN,
            next=list_as_shown(request),
            csrf_token=get_token(request),
        )
        return context


class DueColumn(WorklistColumn):
    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "is_overdue": is_overdue(instance)}


COLUMNS = [
    BulkActionsCheckboxColumn("bulk_actions", obj_type="pagelanguage"),
    HeadlineColumn(
        "title",
        gettext_lazy("Headline"),
        sort_key="title",
        classname="title diptych-worklist-title",
    ),
    LanguageColumn("language", gettext_lazy("Language")),
    ProgressColumn("state", gettext_lazy("Translation"), sort_key="state"),
    LiveColumn("live", gettext_lazy("Live")),
    WorklistColumn("words", gettext_lazy("Words"), sort_key="words"),
    WorklistColumn("edited", gettext_lazy("Last edited"), sort_key="edited"),
    ClaimedColumn("claimed", gettext_lazy("Claimed by")),
    DueColumn("due", gettext_lazy("Due date"), sort_key="due"),
]


def rows_found(rows, words):
    """Those of ``rows`` whose page a search for ``words`` finds."""
    return rows.filter(page__in=pages_by_title(words))


def holder_of(row):
    return row.assignment.holder if row.assignment else None


def state_of(row):
    """The label of the progress, and whether a reviewer has sent the translation back."""
    state = row.get_progress_display()
    if row.assignment and row.assignment.review == Review.SENT_BACK:
        return f"{state}, {Review.SENT_BACK.label}"
    return state


class WorklistView(SpokenExportMixin, IndexView):
    model = PageLanguage
    columns = COLUMNS
    any_permission_required = CONCERNED
    template_name = "diptych_languages/admin/worklist/index.html"
    results_template_name = "diptych_languages/admin/worklist/index_results.html"
    table_classname = "listing diptych-worklist"
    is_searchable = True
    permission_policy = cached_property(lambda self: page_policy())

    def get_page_title(self):
        return _("Translations")

    @cached_property
    def verbose_name_plural(self):
        return _("translations")

    @cached_property
    def default_ordering(self):
        return ORDER.get(self.request.GET.get(TAB), "-newest")

    def get_base_queryset(self):
        """The rows that the search finds; the filters see, and the tabs count, no others."""
        rows = rows_for(self.request.user)
        return rows_found(rows, self.search_query) if self.is_searching else rows

    def get_valid_orderings(self):
        return [*super().get_valid_orderings(), self.default_ordering]

    def order_queryset(self, queryset):
        return in_order(queryset, self.ordering)

    def search_queryset(self, queryset):
        return queryset

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, has_others = super().paginate_queryset(queryset, page_size)
        permissions = WorklistPermissions(self.request.user)
        # Sorted by themselves, the keys are read from an index in their order.
        page.object_list = describe(queryset.filter(pk__in=rows.values("pk")))
        for row in page.object_list:
            row.can_claim = permissions.can_claim(row.page, row.language, row.source)
            row.can_assign = permissions.can_assign(row.page, row.language, row.source)
        return paginator, page, page.object_list, has_others

    @cached_property
    def no_results_message(self):
        if self.is_searching or self.is_filtering:
            return _("No translation is like this.")
        return _("Nothing is to be translated: no page has been written yet.")

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        tabs = links(self.request, self.tab_counts, worklist_url()) if self.tab_counts else []
        return {**context, "unfiltered_url": worklist_url(), "can_add": False, "tabs": tabs}

    @cached_property
    def tab_counts(self):
        """The number of rows of each tab, as :func:`counts` gives it.

        ``None`` where the filters are malformed.
        """
        if not self.filters.is_valid():
            return None
        return counts(self.filters.in_all_tabs, self.request.user)

    def get_paginator(self, *args, **kwargs):
        """With the number of rows of the tab, which need not be counted again."""
        paginator = super().get_paginator(*args, **kwargs)
        if self.tab_counts:
            count = self.tab_counts[self.filters.form.cleaned_data[TAB]]
            paginator.count = min(count, MOST_COUNTED)
            if count > MOST_COUNTED:
                number = number_format(MOST_COUNTED, force_grouping=True)
                label = _("More than %(count)s translations") % {"count": number}
                paginator.items_count_label = label
        return paginator

    # Export

    @cached_property
    def spreadsheet(self):
        """The columns of the export: for each heading, a function of the row."""
        return {
            _("Headline"): lambda row: row.headline,
            _("Page type"): lambda row: str(row.page.page_type_display_name),
            _("Language"): lambda row: str(language_heading(row.language)),
            _("Translation"): state_of,
            _("Live"): lambda row: str(STATE_LABELS[row.state]) if row.live else _("Not live"),
            _("Dates"): lambda row: "; ".join(coming_dates(row.page, row.language)),
            _("Words to translate"): lambda row: row.words_missing,
            _("Words changed"): lambda row: row.words_changed,
            _("Last edited"): lambda row: local(row.edited_at),
            _("Last editor"): lambda row: get_user_display_name(row.edited_by),
            _("Claimed by"): lambda row: get_user_display_name(holder_of(row)),
            _("Due date"): lambda row: (row.assignment and row.assignment.due_date) or "",
            _("Overdue"): lambda row: _("Yes") if is_overdue(row) else "",
            _("Comment"): lambda row: row.assignment.comment if row.assignment else "",
        }

    def as_spreadsheet(self, queryset, spreadsheet_format):
        rows = describe_in_batches(queryset)
        return super().as_spreadsheet(rows, spreadsheet_format)
