"""The URLs of the worklist and its item in the menu."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.utils.urlpatterns import decorate_urlpatterns

from articles.languages.admin.access import page_policy, refused_in_words
from articles.languages.admin.worklist.filters import TranslationFilterSet
from articles.languages.admin.worklist.listing import CONCERNED, WorklistView
from articles.languages.admin.worklist.views import AssignmentView, ClaimView, ReleaseView


class WorklistMenuItem(MenuItem):
    """Shown to those who edit or publish pages."""

    def is_shown(self, request):
        return page_policy().user_has_any_permission(request.user, CONCERNED)


class TranslationsViewSet(ViewSet):
    icon = "tasks"
    menu_label = _("Translations")
    menu_name = "diptych-translations"
    menu_order = 135
    menu_item_class = WorklistMenuItem
    add_to_admin_menu = True
    url_prefix = "diptych/translations"

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            **{
                "header_icon": self.icon,
                "index_url_name": self.get_url_name("index"),
                "index_results_url_name": self.get_url_name("index_results"),
                "filterset_class": TranslationFilterSet,
                "export_filename": "translations",
                "paginate_by": 50,
                **kwargs,
            }
        )

    def get_urlpatterns(self):
        translation = "<int:page_id>/<slug:language>/"
        results = self.construct_view(WorklistView, results_only=True)
        urlpatterns = [
            path("", self.construct_view(WorklistView), name="index"),
            path("results/", results, name="index_results"),
            path(translation, self.construct_view(AssignmentView), name="assignment"),
            path(f"{translation}claim/", self.construct_view(ClaimView), name="claim"),
            path(f"{translation}release/", self.construct_view(ReleaseView), name="release"),
        ]
        return decorate_urlpatterns(urlpatterns, refused_in_words)
