from wagtail import hooks

from articles.caching.kept import find_site
from articles.languages.sites import FIND_SITE

hooks.register(FIND_SITE, find_site)
