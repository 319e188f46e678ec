"""Values that a process keeps in memory for as long as nothing they were made from has changed."""

import threading
from copy import copy

from django.core.exceptions import DisallowedHost
from django.db import models
from wagtail.models import Site

from articles.caching.versions import current_log, depends_on, recording
from articles.languages.wagtail_compat import set_site


class KeptValues:
    """Values by key, each with the versions of the tags that it was made from.

    Values are shared by all threads, so nobody may alter one. The oldest go first where there are
    more than ``size``.
    """

    def __init__(self, size=256):
        self._size = size
        self._values = {}
        self._lock = threading.Lock()

    def get(self, key, tags, make):
        """The value of ``key``, or that of ``make()``, which depends on ``tags``.

        It depends on the tags used by ``make`` as well. What is being rendered depends on all.
        """
        log = current_log()
        known = self._known(key, log)
        if known:
            return known[2]
        with recording() as used:
            value = make()
        tags = tuple({*tags, *used})
        depends_on(*tags)
        if log:
            self._keep(key, (tags, log.versions_of(tags), value))
        return value

    def get_pages(self, kind, ids, make):
        """The pages with these ids, by id; ``make`` fetches those that are not known together.

        ``kind`` says which of their columns. Only live pages are kept, each until it changes.
        """
        log = current_log()
        known = {pk: self._known((kind, pk), log) for pk in ids}
        found = {pk: value[2] for pk, value in known.items() if value}
        if len(found) < len(known):
            made = make([pk for pk in known if pk not in found])
            depends_on(*(f"page:{pk}" for pk in made))
            for pk, page in made.items():
                if log and page.live:
                    tags = (f"page:{pk}",)
                    self._keep((kind, pk), (tags, log.versions_of(tags), page))
            found |= made
        return found

    def _known(self, key, log):
        """The tags, their versions and the value that is kept for ``key``, if it is up to date."""
        known = self._values.get(key)
        if not known or not log or log.versions_of(known[0]) != known[1]:
            return None
        depends_on(*known[0])
        return known

    def _keep(self, key, known):
        with self._lock:
            self._values[key] = known
            while len(self._values) > self._size:
                self._values.pop(next(iter(self._values)))


_sites = KeptValues()


def find_site(request):
    """Let ``request`` have its site, which each process keeps in memory by host and port."""
    try:
        key = (request.get_host(), request.get_port())
    except DisallowedHost:
        return
    kept = _sites.get(key, ["settings"], lambda: _read_site(request))
    set_site(request, kept and _own(kept, ["root_page"]))


def _read_site(request):
    site = Site.find_for_request(request)
    if site is not None:
        depends_on(f"page:{site.root_page_id}")
    return site


def _own(kept, relations=()):
    """A copy of a kept object, with copies of what it refers to; they may be altered."""
    found = copy(kept)
    for name in relations:
        setattr(found, name, copy(getattr(kept, name)))
    return found


_settings = KeptValues()


class KeptSettingMixin(models.Model):
    """A ``BaseSiteSetting`` of which each process keeps the row of a site in memory.

    It goes before that class. Every request has an instance of its own, with own instances of
    what ``select_related`` names.
    """

    class Meta:
        abstract = True

    @classmethod
    def for_request(cls, request):
        """As Wagtail's, without a query where the settings have not changed."""
        name = cls.get_cache_attr_name()
        if not hasattr(request, name):
            site = Site.find_for_request(request)
            if site is None:
                return cls.for_site(None)  # which says that there is none
            kept = _settings.get((cls, site.pk), ["settings"], lambda: cls._read(site))
            setattr(request, name, kept._for(request, site))
        return getattr(request, name)

    @classmethod
    def _read(cls, site):
        """The settings of ``site``; they depend on the images that belong to them."""
        settings = cls.for_site(site)
        related = (getattr(settings, name) for name in cls.select_related or ())
        depends_on(*(f"image:{each.pk}" for each in related if each is not None))
        return settings

    def _for(self, request, site):
        """An instance for ``request``, which has itself changed neither this nor anything else."""
        settings = _own(self, self.select_related or ())
        settings._request, settings._page_url_cache = request, {}
        settings.site = site
        return settings
