"""Addresses for a project to include: ``entrance`` at the root, the rest in ``i18n_patterns``."""

from django.urls import include, path

from articles import views

entrance = [path("", views.entrance, name="diptych_entrance")]

urlpatterns = [
    path("search/", views.search, name="diptych_search"),
    path("", include("articles.languages.urls")),
]
