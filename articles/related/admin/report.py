"""The report of links between articles: those shown most, and those without incoming links."""

from dataclasses import dataclass
from operator import attrgetter

from django.forms import RadioSelect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column

from diptych.articles.languages.admin.access import PAGE_PERMISSIONS, page_policy
from diptych.articles.languages.admin.links import edit_url
from diptych.articles.languages.admin.listings.filters import language_filter
from diptych.articles.languages.admin.listings.reports import Report, ReportMenuItem, ReportViewSet
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage, JournalSettings
from diptych.articles.related.admin.links import links_in


@dataclass
class Row:
    """A live article in one language, and how often readers are led to it."""

    page_id: int
    language: str
    shown: int
    picked: int
    linked: int
    page: ArticlePage = None

    @property
    def name(self):
        return self.page.text_in("headline", self.language)

    @property
    def url(self):
        return edit_url(self.page_id, self.language)

    @property
    def language_name(self):
        return language_heading(self.language)


#: The predicate on a row for each choice of the filter.
QUESTIONS = {
    "unlinked": lambda row: not (row.picked or row.linked),
    "unshown": lambda row: not row.shown,
    "unreachable": lambda row: not (row.picked or row.linked or row.shown),
}


class LinksFilterSet(WagtailFilterSet):
    language = language_filter()
    only = ChoiceFilter(
        label=gettext_lazy("Only articles"),
        method="asked_of_rows",
        choices=[
            ("unlinked", gettext_lazy("that nobody links to, in a text or by choice")),
            ("unshown", gettext_lazy("that are shown below no other")),
            ("unreachable", gettext_lazy("that no other article leads to at all")),
        ],
        empty_label=gettext_lazy("All"),
        widget=RadioSelect,
    )

    class Meta:
        model = PageLanguage
        fields = []

    def asked_of_rows(self, queryset, name, value):
        """Leave the queryset unfiltered: links are counted afterwards by :class:`LinksReport`."""
        return queryset


class ArticleColumn(BaseColumn):
    cell_template_name = "diptych_related/admin/article_cell.html"


COLUMNS = [
    ArticleColumn("name", label=gettext_lazy("Article")),
    Column("language_name", label=gettext_lazy("Language")),
    Column("shown", label=gettext_lazy("Shown below other articles"), sort_key="shown"),
    Column("picked", label=gettext_lazy("Chosen by editors"), sort_key="picked"),
    Column("linked", label=gettext_lazy("Linked from pages"), sort_key="linked"),
]


class LinksReport(Report):
    model = PageLanguage
    columns = COLUMNS
    page_title = gettext_lazy("Links between articles")
    header_icon = "link"
    filterset_class = LinksFilterSet
    default_ordering = "-shown"
    table_classname = "listing diptych-links"
    export_filename = "links-between-articles"

    @staticmethod
    def can_see(user):
        """Whether the user may edit pages."""
        return page_policy().user_has_any_permission(user, PAGE_PERMISSIONS)

    def get_base_queryset(self):
        pages = page_policy().instances_user_has_any_permission_for(
            self.request.user, PAGE_PERMISSIONS
        )
        articles = ArticlePage.objects.order_by().filter(alias_of__isnull=True)
        articles = articles.filter(pk__in=pages.order_by().values("pk"))
        return PageLanguage.objects.visible().filter(page__in=articles.values("pk")).order_by()

    def order_queryset(self, queryset):
        return queryset

    def get_filtered_queryset(self):
        rows = self._counted(self.get_queryset().values_list("page_id", "language"))
        question = self.filters.form.cleaned_data.get("only") if self.filters.is_valid() else ""
        rows = [row for row in rows if not question or QUESTIONS[question](row)]
        rows.sort(key=attrgetter("page_id"), reverse=True)
        name = self.ordering.removeprefix("-")
        rows.sort(key=attrgetter(name), reverse=self.ordering.startswith("-"))
        return rows

    def _counted(self, found):
        limit = JournalSettings.for_request(self.request).related_count
        found = list(found)
        links = {code: links_in(code, limit) for code in {code for _page, code in found}}
        return [
            Row(page, code, *(counter[page] for counter in vars(links[code]).values()))
            for page, code in found
        ]

    def decorate_paginated_queryset(self, rows):
        pages = ArticlePage.objects.defer_streamfields().in_bulk({row.page_id for row in rows})
        rows = [row for row in rows if row.page_id in pages]
        for row in rows:
            row.page = pages[row.page_id]
        return rows

    @cached_property
    def no_results_message(self):
        if self.is_filtering:
            return _("There is no such article.")
        return _("No article is live yet.")

    # Export

    @cached_property
    def spreadsheet(self):
        """The columns of the export: functions of a row by heading."""
        columns = {str(each.label): attrgetter(each.name) for each in COLUMNS}
        address = self.request.build_absolute_uri
        columns[_("Language")] = lambda row: str(row.language_name)
        return columns | {_("Address of the page"): lambda row: address(row.url)}


class LinksViewSet(ReportViewSet):
    report_class = LinksReport
    url_prefix = "diptych/links"


def menu_item():
    """For the hook ``register_reports_menu_item``."""
    return ReportMenuItem(LinksReport, "diptych_links", order=660)
