"""Addresses for a project to include: ``entrance`` at the root, the rest in ``i18n_patterns``.

Other applications add a list of addresses by a hook, so that a project has nothing more to include:
``register_diptych_entrance_urls`` for the root (the stylesheets of the themes),
``register_diptych_urls`` for those in each language (the search).
"""

from django.urls import include, path
from wagtail import hooks

from articles import views
from articles.syndication.api import urlpatterns as api
from articles.syndication.feeds.addresses import urlpatterns as feeds
from articles.syndication.sitemaps import news_sitemap, robots, sitemap


def _registered(hook_name):
    return [address for hook in hooks.get_hooks(hook_name) for address in hook()]


entrance = [
    *_registered("register_diptych_entrance_urls"),
    path("", views.entrance, name="diptych_entrance"),
    path("language/<slug:language>/", views.choose_language, name="diptych_choose_language"),
    path("robots.txt", robots, name="diptych_robots"),
    path("sitemap.xml", sitemap, name="diptych_sitemap"),
    path("sitemap-news.xml", news_sitemap, name="diptych_news_sitemap"),
]

urlpatterns = [
    *_registered("register_diptych_urls"),
    *feeds,
    *api,
    path("", include("articles.languages.urls")),
]
