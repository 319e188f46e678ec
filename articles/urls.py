"""Addresses for a project to include: ``entrance`` at the root, the rest in ``i18n_patterns``.

An application adds to the entrance by the hook ``register_diptych_entrance_urls``, as the themes
do with their stylesheets, so that a project has nothing more to include.
"""

from django.urls import include, path
from wagtail import hooks

from articles import views
from articles.search.views import search, suggestions
from articles.syndication.api.views import urlpatterns as api
from articles.syndication.feeds.addresses import urlpatterns as feeds
from articles.syndication.sitemaps.views import news_sitemap, robots, sitemap

added = [
    address for hook in hooks.get_hooks("register_diptych_entrance_urls") for address in hook()
]

entrance = [
    *added,
    path("", views.entrance, name="diptych_entrance"),
    path("language/<slug:language>/", views.choose_language, name="diptych_choose_language"),
    path("robots.txt", robots, name="diptych_robots"),
    path("sitemap.xml", sitemap, name="diptych_sitemap"),
    path("sitemap-news.xml", news_sitemap, name="diptych_news_sitemap"),
]

urlpatterns = [
    path("search/", search, name="diptych_search"),
    path("search/suggestions/", suggestions, name="diptych_search_suggestions"),
    *feeds,
    *api,
    path("", include("articles.languages.urls")),
]
