"""The settings of a public server, without the page cache: every page is rendered."""

from config.settings.production import *  # noqa: F403
from config.settings.production import MIDDLEWARE

PAGE_CACHE = "diptych.articles.caching.middleware.PageCacheMiddleware"

MIDDLEWARE = [*MIDDLEWARE]
MIDDLEWARE.remove(PAGE_CACHE)
