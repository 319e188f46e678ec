"""Where the words are in the admin: the addresses and the item in the menu."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from articles.interface_texts.form import CatalogueView
from articles.interface_texts.views import DownloadView, ListView
from articles.languages.permissions.policy import languages_for


class WordsMenuItem(MenuItem):
    """Shown to those who may edit a language."""

    def is_shown(self, request):
        return bool(languages_for(request.user, "edit"))


class WordsViewSet(ViewSet):
    icon = "openquote"
    menu_label = _("The site’s words")
    menu_name = "diptych-words"
    menu_order = 150
    menu_item_class = WordsMenuItem
    add_to_admin_menu = True
    url_prefix = "diptych/words"

    def get_urlpatterns(self):
        catalogue = "<slug:lang_id>/<int:idx>/"
        return [
            path("", self.construct_view(ListView), name="index"),
            path(catalogue, self.construct_view(CatalogueView), name="edit"),
            path(f"{catalogue}download/", self.construct_view(DownloadView), name="download"),
        ]
