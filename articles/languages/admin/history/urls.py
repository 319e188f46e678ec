from django.urls import path

from diptych.articles.languages.admin.history.restoring import RestoreView
from diptych.articles.languages.admin.publishing.schedule import ScheduleView

urlpatterns = [
    path(
        "diptych/schedule/<int:page_id>/<slug:language>/",
        ScheduleView.as_view(),
        name="diptych_schedule",
    ),
    path(
        "diptych/restore/<int:page_id>/<int:revision_id>/<slug:language>/",
        RestoreView.as_view(),
        name="diptych_restore_language",
    ),
]
