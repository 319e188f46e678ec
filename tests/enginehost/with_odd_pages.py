"""The host, with page types that answer in ways of their own."""

from enginehost.settings import *  # noqa: F403
from enginehost.settings import INSTALLED_APPS

INSTALLED_APPS = [
    *INSTALLED_APPS,
    "oddpages",
    "wagtail.contrib.forms",
    "wagtail.contrib.routable_page",
]
