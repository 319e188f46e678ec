"""Addresses for a project to include: ``entrance`` at the root, the rest in ``i18n_patterns``."""

from django.urls import include, path
from wagtail.contrib.sitemaps.views import sitemap

from articles import views
from articles.feeds import LatestArticles
from articles.sitemaps import LanguageSitemap

entrance = [
    path("", views.entrance, name="diptych_entrance"),
    path("language/<slug:language>/", views.choose_language, name="diptych_choose_language"),
    path("robots.txt", views.robots, name="diptych_robots"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": LanguageSitemap}}, name="diptych_sitemap"),
]

urlpatterns = [
    path("search/", views.search, name="diptych_search"),
    path("feed/", LatestArticles(), name="diptych_feed"),
    path("", include("articles.languages.urls")),
]
