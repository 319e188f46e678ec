"""The addresses of the host, with Wagtail's own views before the engine's."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("admin/", include("wagtail.admin.urls")),
    *i18n_patterns(
        path("", include("wagtail.urls")), path("", include("diptych.articles.languages.urls"))
    ),
    path("", include("wagtail.urls")),
]
