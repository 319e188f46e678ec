"""The site history: Wagtail's report of its log, with the languages of each entry."""

from django.db.models import IntegerField, Q, Value
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.coreutils import get_content_type_label
from wagtail.models import PageLogEntry

from diptych.articles.languages.admin.access import has_all_pages, page_policy
from diptych.articles.languages.admin.history.listing import entries_about, languages_of
from diptych.articles.languages.admin.inputs.malformed import RowFiltersMixin
from diptych.articles.languages.admin.listings.exports import SpokenExportMixin
from diptych.articles.languages.admin.listings.filters import language_filter
from diptych.articles.languages.admin.listings.reports import ReportMenuItem, ReportViewSet
from diptych.articles.languages.config.language_config import translated_language_name


class AuditFilterSet(RowFiltersMixin, SiteHistoryReportFilterSet):
    language = language_filter(method="filter_language")

    def filter_language(self, queryset, name, value):
        wanted = Q()
        for language in value:
            is_of_page = queryset.model is PageLogEntry
            wanted |= entries_about(language) if is_of_page else Q(data__language=language)
        return queryset.filter(wanted)


def names_of(entry):
    """The names of the languages an entry concerns, as in a list."""
    codes = languages_of(entry) if isinstance(entry, PageLogEntry) else []
    return ", ".join(capfirst(translated_language_name(code)) for code in codes)


class AuditReport(SpokenExportMixin, LogEntriesView):
    """The log of actions on languages of pages, and on images, groups and accounts.

    Users see the entries that Wagtail's report shows them.
    """

    page_title = gettext_lazy("Site history")
    filterset_class = AuditFilterSet
    results_template_name = "diptych_languages/admin/history/audit_results.html"
    export_headings = {}

    @staticmethod
    def can_see(user):
        return page_policy().explorable_root_instance(user) is not None

    def filter_queryset(self, queryset):
        """Do not look up each entry among all pages for users who may see the log of every page.

        Wagtail shows that of deleted pages to those who may add pages below the root.
        """
        if queryset.model is PageLogEntry and has_all_pages(self.request.user, ["add"]):
            number = Value(self.log_models.index(PageLogEntry), output_field=IntegerField())
            queryset = PageLogEntry.objects.values("pk", "timestamp")
            queryset = queryset.annotate(log_model_index=number)
        return super().filter_queryset(queryset)

    def decorate_paginated_queryset(self, queryset):
        entries = super().decorate_paginated_queryset(queryset)
        for entry in entries:
            entry.languages_in_words = names_of(entry)
        return entries

    @cached_property
    def spreadsheet(self):
        """The columns of the export: heading to function of a row."""
        return {
            _("Date/Time"): lambda entry: localtime(entry.timestamp).replace(tzinfo=None),
            _("User"): lambda entry: entry.user_display_name,
            _("Action"): lambda entry: str(entry.message),
            _("Details"): lambda entry: str(entry.comment),
            _("Languages"): names_of,
            _("Name"): lambda entry: entry.label,
            _("Type"): lambda entry: get_content_type_label(entry.content_type),
            _("ID"): lambda entry: str(entry.object_id),
        }


class AuditViewSet(ReportViewSet):
    report_class = AuditReport
    url_prefix = "diptych/history"


def menu_item():
    """For the hook ``register_reports_menu_item``."""
    return ReportMenuItem(AuditReport, "diptych_audit", order=1000)


def without_wagtails(request, items):
    """Hook for ``construct_reports_menu``: this report takes the place of Wagtail's."""
    items[:] = [each for each in items if each.name != "site-history"]
