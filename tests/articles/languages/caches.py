"""Backends of the front-end cache: one that records what is purged, and one that fails."""

from django.apps import apps
from django.db import connection
from django.test import Client
from wagtail.contrib.frontend_cache.backends.base import BaseBackend
from wagtail.models import Site

from diptych.articles.caching import storage, versions
from diptych.articles.caching.models import Change
from diptych.articles.caching.rendered_addresses import addresses_showing
from diptych.articles.languages.models import UnpurgedAddress
from diptych.articles.languages.routes.frontend_caches import FRONTEND_CACHE
from diptych.articles.models import JournalSettings
from diptych.themes.models import AppearanceSettings

purged = []


class RecordingCache(BaseBackend):
    def purge(self, url):
        purged.append(url)


class BrokenCache(BaseBackend):
    def purge(self, url):
        raise ConnectionError


def install_frontend_cache(monkeypatch):
    """Let the application of Wagtail be installed."""
    installed = apps.is_installed
    monkeypatch.setattr(
        apps, "is_installed", lambda name: name == FRONTEND_CACHE or installed(name)
    )


def commit_all():
    """Go on as if all that a test has done was committed long ago, and purged."""
    connection.run_on_commit.clear()
    Change.objects.all().delete()
    UnpurgedAddress.objects.all().delete()
    versions.process_state.reset()
    storage.memory.clear()
    storage.typed.clear()


def read_by_somebody(monkeypatch, *paths):
    """Let a reader ask for the paths on a site with a cache in front, after all is committed."""
    install_frontend_cache(monkeypatch)
    for site in Site.objects.all():
        JournalSettings.for_site(site)
        AppearanceSettings.for_site(site)
    commit_all()
    for path in paths:
        assert Client().get(path).status_code == 200


def recorded_for(tag):
    """The paths that are purged when ``tag`` is invalidated."""
    return {url.removeprefix("http://testserver") for url in addresses_showing({tag})}
