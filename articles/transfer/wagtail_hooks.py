"""Wagtail hooks of moving in and out."""

from importlib.util import find_spec

from django.contrib.auth.models import Permission
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from diptych.articles.transfer.admin.folder import imports_folder
from diptych.articles.transfer.admin.views import (
    PERMISSION,
    ImportCommentsView,
    ImportListView,
    ImportReportView,
    ImportRunView,
    NewImportView,
)
from diptych.articles.transfer.static_site.views import search


class ImportsMenuItem(MenuItem):
    """Shown to those who may import, where the project has a folder of imports."""

    def is_shown(self, request):
        return imports_folder() is not None and request.user.has_perm(PERMISSION)


class ImportsViewSet(ViewSet):
    icon = "download"
    menu_label = _("Imports")
    menu_name = "diptych-imports"
    menu_order = 900
    menu_item_class = ImportsMenuItem
    add_to_settings_menu = True
    url_prefix = "diptych/imports"

    def get_urlpatterns(self):
        return [
            path("", self.construct_view(ImportListView), name="index"),
            path("new/", self.construct_view(NewImportView), name="new"),
            path("<int:pk>/", self.construct_view(ImportRunView), name="run"),
            path("<int:pk>/report/", self.construct_view(ImportReportView), name="report"),
            path("<int:pk>/comments/", self.construct_view(ImportCommentsView), name="comments"),
        ]


@hooks.register("register_admin_viewset")
def viewsets():
    """Register the screens; without lxml the system check reports what to install."""
    return [ImportsViewSet("diptych_imports")] if find_spec("lxml") else []


@hooks.register("register_permissions")
def permissions():
    return Permission.objects.filter(
        content_type__app_label="diptych_moving", codename="import_archive"
    )


@hooks.register("register_diptych_urls")
def addresses():
    return [path("search/static/", search, name="diptych_static_search")]
