from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from diptych.articles.interface_texts.checks import check_polib
from diptych.articles.languages.permissions.policy import languages_for


class InterfaceTextsMenuItem(MenuItem):
    """Shown to users who may edit at least one language."""

    def is_shown(self, request):
        return bool(languages_for(request.user, "edit"))


class InterfaceTextsViewSet(ViewSet):
    icon = "openquote"
    menu_label = _("Site texts")
    menu_name = "diptych-interface-texts"
    menu_order = 150
    menu_item_class = InterfaceTextsMenuItem
    add_to_admin_menu = True
    url_prefix = "diptych/site-texts"

    def get_urlpatterns(self):
        from diptych.articles.interface_texts.admin.editor import CatalogueEditView
        from diptych.articles.interface_texts.admin.views import CatalogueListView, DownloadView

        catalogue = "<slug:language>/<int:number>/"
        return [
            path("", self.construct_view(CatalogueListView), name="index"),
            path(catalogue, self.construct_view(CatalogueEditView), name="edit"),
            path(f"{catalogue}download/", self.construct_view(DownloadView), name="download"),
        ]


@hooks.register("register_admin_viewset")
def viewsets():
    """Register the editor; without polib the system check reports what to install."""
    return [InterfaceTextsViewSet("diptych_interface_texts")] if not check_polib(None) else []
