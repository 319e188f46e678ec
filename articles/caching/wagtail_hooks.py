from wagtail import hooks

from diptych.articles.caching.tagged_cache import find_site
from diptych.articles.languages.index.sites import FIND_SITE

hooks.register(FIND_SITE, find_site)
