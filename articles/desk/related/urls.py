from django.urls import path

from articles.desk.related.views import SuggestionsForNewPage, SuggestionsView

urlpatterns = [
    path(
        "diptych/related/<int:page_id>/",
        SuggestionsView.as_view(),
        name="diptych_related_suggestions",
    ),
    path(
        "diptych/related/<slug:content_type_app_name>/<slug:content_type_model_name>/"
        "<int:parent_page_id>/",
        SuggestionsForNewPage.as_view(),
        name="diptych_related_suggestions_new",
    ),
]
