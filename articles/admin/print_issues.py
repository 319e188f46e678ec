"""The list of print issues."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn

from diptych.articles.admin.front_page import ChooseListView
from diptych.articles.languages.admin.listings.base import UPDATED, ListViewSet, MenuListView
from diptych.articles.languages.admin.listings.explorer import title_and_languages
from diptych.articles.languages.admin.listings.tables import WIDE
from diptych.articles.languages.config.dates import month_in_words
from diptych.articles.models import PrintIssuePage


def month_of(issue):
    return month_in_words(issue.publication_date) if issue.publication_date else ""


class PrintIssueListView(MenuListView):
    add_item_label = gettext_lazy("Add a print issue")
    base_columns = [
        BulkActionsColumn("bulk_actions"),
        *title_and_languages(gettext_lazy("Title")),
        Column("number", label=gettext_lazy("Number"), classname=WIDE),
        Column(
            "publication_date",
            label=gettext_lazy("Date"),
            accessor=month_of,
            sort_key="publication_date",
            classname=WIDE,
        ),
        UPDATED,
    ]

    @cached_property
    def spreadsheet(self):
        return super().spreadsheet | {
            _("Number"): lambda issue: issue.number,
            _("Date"): lambda issue: issue.publication_date or "",
        }


class PrintIssueListingViewSet(ListViewSet):
    model = PrintIssuePage
    choose_parent_view_class = ChooseListView
    index_view_class = PrintIssueListView
    icon = "doc-full-inverse"
    menu_label = gettext_lazy("Print issues")
    menu_order = 132
    url_prefix = "diptych/print-issues"
    export_filename = "print-issues"
    ordering = "-publication_date"
