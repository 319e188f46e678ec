"""The worklist: every translation that a user may work on, with its state."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic import IndexView

from articles.languages.admin.access import page_policy
from articles.languages.admin.exports import SpokenExportMixin
from articles.languages.admin.links import worklist_url
from articles.languages.admin.listings import local
from articles.languages.admin.states import STATE_LABELS, language_heading
from articles.languages.admin.worklist.columns import COLUMNS
from articles.languages.admin.worklist.rows import (
    Page,
    describe,
    describe_in_batches,
    in_order,
    is_overdue,
    rows_on,
)
from articles.languages.admin.worklist.rules import Rights
from articles.languages.models import PageLanguage, Review
from articles.languages.schedules.keeping import coming_dates

#: A search looks no further: whoever finds so many adds a word.
MOST_FOUND = 1000

#: Whoever may do one of these with a page works with its translations.
CONCERNED = {"change", "publish"}


def rows_for(user):
    """The rows of the pages whose translations concern ``user``."""
    pages = page_policy().instances_user_has_any_permission_for(user, CONCERNED)
    return rows_on(pages.order_by().values("pk"))


def rows_found(rows, words):
    """Those of ``rows`` whose page a search for ``words`` finds."""
    pages = Page.objects.autocomplete(words)
    return rows.filter(page__in=[page.pk for page in pages[:MOST_FOUND]])


def holder_of(row):
    return row.assignment.holder if row.assignment else None


def state_of(row):
    """How far the translation is, in words, and whether a reviewer has sent it back."""
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
    default_ordering = "-newest"
    is_searchable = True
    permission_policy = cached_property(lambda self: page_policy())

    def get_page_title(self):
        return _("Translations")

    @cached_property
    def verbose_name_plural(self):
        return _("translations")

    def get_base_queryset(self):
        return rows_for(self.request.user)

    def get_valid_orderings(self):
        return [*super().get_valid_orderings(), self.default_ordering]

    def order_queryset(self, queryset):
        return in_order(queryset, self.ordering)

    def search_queryset(self, queryset):
        return rows_found(queryset, self.search_query) if self.is_searching else queryset

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, has_others = super().paginate_queryset(queryset, page_size)
        rights = Rights(self.request.user)
        page.object_list = describe(rows)
        for row in page.object_list:
            row.may_claim = rights.may_claim(row.page, row.language, row.source)
            row.may_assign = rights.may_assign(row.page, row.language, row.source)
        return paginator, page, page.object_list, has_others

    @cached_property
    def no_results_message(self):
        if self.is_searching or self.is_filtering:
            return _("No translation is like this.")
        return _("Nothing is to be translated: no page has been written yet.")

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        return {**context, "unfiltered_url": worklist_url(), "can_add": False}

    # Export

    @cached_property
    def spreadsheet(self):
        """The columns of the export: by heading, what a row says there."""
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
