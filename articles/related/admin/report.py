"""The report of links between articles: those shown most, and those without incoming links."""

from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.forms import RadioSelect
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column

from diptych.articles.languages.admin.access import (
    PAGE_PERMISSIONS,
    has_all_pages,
    page_policy,
)
from diptych.articles.languages.admin.links import edit_url
from diptych.articles.languages.admin.listings.filters import language_filter
from diptych.articles.languages.admin.listings.reports import Report, ReportMenuItem, ReportViewSet
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.admin.worklist.tabs import MOST_COUNTED
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage, JournalSettings
from diptych.articles.related.admin.counting import links_counted
from diptych.articles.related.models import ArticleLinks


@dataclass
class Row:
    """A live article in one language, and how often readers are led to it."""

    links: ArticleLinks
    page: ArticlePage

    def __getattr__(self, name):
        return getattr(self.links, name)

    @property
    def language(self):
        return self.links.row.language

    @property
    def name(self):
        return self.page.text_in("headline", self.language)

    @property
    def url(self):
        return edit_url(self.page.pk, self.language)

    @property
    def language_name(self):
        return language_heading(self.language)


#: The condition on rows for each choice of the filter.
QUESTIONS = {
    "unlinked": Q(picked=0, linked=0),
    "unshown": Q(shown=0),
    "unreachable": Q(picked=0, linked=0, shown=0),
}


def has_row(**values):
    """The condition that the visible row in a language has such ``values``.

    It is asked of each row of links that is found in order; of joined tables, SQLite would sort.
    """
    return Exists(PageLanguage.objects.visible().filter(pk=OuterRef("pk"), **values))


class LinksFilterSet(WagtailFilterSet):
    language = language_filter(method="in_languages")
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
        model = ArticleLinks
        fields = []

    def in_languages(self, queryset, name, value):
        return queryset.filter(has_row(language__in=value)) if value else queryset

    def asked_of_rows(self, queryset, name, value):
        return queryset.filter(QUESTIONS[value])


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
    model = ArticleLinks
    columns = COLUMNS
    page_title = gettext_lazy("Links between articles")
    header_icon = "link"
    filterset_class = LinksFilterSet
    default_ordering = "-shown"
    table_classname = "listing diptych-links"
    export_filename = "links-between-articles"
    results_template_name = "diptych_related/admin/links_results.html"

    @staticmethod
    def can_see(user):
        """Whether the user may edit pages."""
        return page_policy().user_has_any_permission(user, PAGE_PERMISSIONS)

    @cached_property
    def count(self):
        return links_counted(JournalSettings.for_request(self.request).related_count)

    def get(self, request, *args, **kwargs):
        is_new = self.count.counted_at is None
        self.is_counting = is_new or self.count.begun_at is not None
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self):
        links = ArticleLinks.objects.filter(has_row(language__in=available_languages()))
        if has_all_pages(self.request.user, PAGE_PERMISSIONS):
            return links
        pages = page_policy().instances_user_has_any_permission_for(
            self.request.user, PAGE_PERMISSIONS
        )
        return links.filter(has_row(page__in=pages.order_by().values("pk")))

    def order_queryset(self, queryset):
        sign = "-" if self.ordering.startswith("-") else ""
        return queryset.order_by(self.ordering, f"{sign}pk")

    def get_paginator(self, queryset, *args, **kwargs):
        """Of more than :data:`MOST_COUNTED` articles, no more are counted and listed."""
        paginator = super().get_paginator(queryset, *args, **kwargs)
        paginator.model = ArticlePage
        number = queryset.order_by()[: MOST_COUNTED + 1].count()
        paginator.count = min(number, MOST_COUNTED)
        if number > MOST_COUNTED:
            shown = number_format(MOST_COUNTED, force_grouping=True)
            paginator.items_count_label = _("More than %(count)s articles") % {"count": shown}
        return paginator

    def get_table(self, links, **kwargs):
        return super().get_table(self._rows(links), **kwargs)

    def decorate_paginated_queryset(self, links):
        return self._rows(links) if self.is_export else links

    def _rows(self, links):
        links = list(links)
        prefetch_related_objects(links, "row")
        articles = ArticlePage.objects.defer_streamfields()
        pages = articles.in_bulk({each.row.page_id for each in links})
        return [Row(each, pages[each.row.page_id]) for each in links if each.row.page_id in pages]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "count": self.count, "is_counting": self.is_counting}

    @cached_property
    def no_results_message(self):
        if self.count.counted_at is None:
            return _("The links are being counted. Open this report again in some minutes.")
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
