from django.urls import path

from articles.languages.admin.side_by_side import actions
from articles.languages.admin.side_by_side.minor import MinorEditView
from articles.languages.admin.side_by_side.views import TranslatePreviewView, TranslateView

TRANSLATION = "diptych/translate/<int:page_id>/<slug:language>/"

urlpatterns = [
    path(TRANSLATION, TranslateView.as_view(), name="diptych_translate"),
    path(
        f"{TRANSLATION}preview/", TranslatePreviewView.as_view(), name="diptych_translate_preview"
    ),
    path(f"{TRANSLATION}sources/", actions.sources, name="diptych_translate_sources"),
    path(f"{TRANSLATION}copy/", actions.copy, name="diptych_translate_copy"),
    path(f"{TRANSLATION}<slug:act>/", actions.act, name="diptych_translate_act"),
    path("diptych/changes/<int:page_id>/", MinorEditView.as_view(), name="diptych_changes"),
]
