"""Base classes of reports in Wagtail's menu.

A report is a :class:`Report`, a :class:`ReportViewSet` with its address and a function that returns
a :class:`ReportMenuItem`. ``wagtail_hooks`` of the application registers the latter two with
Wagtail, as ``register_admin_viewset`` and ``register_reports_menu_item``.
"""

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet

from diptych.articles.languages.admin.listings.exports import SpokenExportMixin


class Report(SpokenExportMixin, ReportView):
    """A report for users for whom ``can_see`` is true."""

    permission_policy = None

    @staticmethod
    def can_see(user):
        raise NotImplementedError

    def dispatch(self, request, *args, **kwargs):
        if not self.can_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ReportViewSet(ViewSet):
    """The views of ``report_class``: page and results."""

    report_class = None

    @property
    def icon(self):
        return self.report_class.header_icon

    def get_common_view_kwargs(self, **kwargs):
        names = {
            "index_url_name": self.get_url_name("index"),
            "index_results_url_name": self.get_url_name("index_results"),
        }
        return super().get_common_view_kwargs(**{**names, **kwargs})

    def get_urlpatterns(self):
        report = self.construct_view(self.report_class)
        results = self.construct_view(self.report_class, results_only=True)
        return [path("", report, name="index"), path("results/", results, name="index_results")]


class ReportMenuItem(MenuItem):
    """The menu item of ``report_class``, for users who may see it."""

    def __init__(self, report_class, viewset_name, **kwargs):
        self.report_class = report_class
        super().__init__(
            report_class.page_title,
            reverse(f"{viewset_name}:index"),
            name=viewset_name.replace("_", "-"),
            icon_name=report_class.header_icon,
            **kwargs,
        )

    def is_shown(self, request):
        return self.report_class.can_see(request.user)
