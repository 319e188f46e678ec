"""Addresses for a project to include: ``entrance`` at the root, the rest in ``i18n_patterns``.

Other applications add a list of addresses by a hook, so that a project has nothing more to include:
``register_diptych_entrance_urls`` for the root (the stylesheets of the themes),
``register_diptych_urls`` for those in each language (the search).
"""

from itertools import chain

from django.urls import URLPattern, include, path
from django.urls.resolvers import RoutePattern
from wagtail import hooks

from diptych.articles import views
from diptych.articles.caching.addresses import keep_addresses
from diptych.articles.delivery import service_worker
from diptych.articles.languages.routes.prefixes import has_entrance
from diptych.articles.lists import archive
from diptych.articles.recordings import serving
from diptych.articles.syndication import citations
from diptych.articles.syndication.api import urlpatterns as api
from diptych.articles.syndication.feeds import overview, podcast
from diptych.articles.syndication.feeds.addresses import VIEWS_OF_JOURNAL, VIEWS_OF_PAGES
from diptych.articles.syndication.feeds.addresses import urlpatterns as feeds
from diptych.articles.syndication.indexnow import key_file
from diptych.articles.syndication.sitemaps import news_sitemap, robots, sitemap

#: Called without arguments; returns addresses for the root.
ENTRANCE = "register_diptych_entrance_urls"
#: Called without arguments; returns addresses for below the prefix of each language.
IN_EACH_LANGUAGE = "register_diptych_urls"


class EntrancePattern(RoutePattern):
    """The root of the host, where no page stands because all addresses begin with a language."""

    def match(self, path):
        return super().match(path) if has_entrance() else None


def _registered(hook_name):
    return [address for hook in hooks.get_hooks(hook_name) for address in hook()]


entrance = [
    *_registered(ENTRANCE),
    URLPattern(
        EntrancePattern("", name="diptych_entrance", is_endpoint=True),
        views.entrance,
        name="diptych_entrance",
    ),
    path("language/<slug:language>/", views.choose_language, name="diptych_choose_language"),
    *serving.urlpatterns,
    *service_worker.entrance,
    path("robots.txt", robots, name="diptych_robots"),
    path("indexnow.txt", key_file, name="diptych_indexnow_key"),
    path("sitemap.xml", sitemap, name="diptych_sitemap"),
    path("sitemap-news.xml", news_sitemap, name="diptych_news_sitemap"),
]

urlpatterns = [
    *_registered(IN_EACH_LANGUAGE),
    *archive.urlpatterns,
    *service_worker.urlpatterns,
    *citations.urlpatterns,
    *feeds,
    *overview.urlpatterns,
    *podcast.urlpatterns,
    *api,
    path("", include("diptych.articles.languages.urls")),
]

keep_addresses(
    {
        "diptych_robots": (),
        "diptych_sitemap": ("p",),
        "diptych_news_sitemap": (),
        **dict.fromkeys(citations.VIEWS, ()),
        archive.ARCHIVE: (),
        service_worker.PAGE: (),
        overview.OVERVIEW: (),
        podcast.PODCAST: (),
        **dict.fromkeys([archive.YEAR, archive.MONTH], ("page",)),
        **dict.fromkeys([*VIEWS_OF_JOURNAL, *chain(*VIEWS_OF_PAGES.values())], ()),
        # The API refuses keys that it does not know.
        "diptych_api:articles:listing": None,
        "diptych_api:articles:detail": None,
        "diptych_openapi": (),
    }
)
