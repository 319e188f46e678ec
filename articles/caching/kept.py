"""Values that a process keeps in memory for as long as nothing they were made from has changed."""

import threading
import time
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import DisallowedHost
from django.db import models
from wagtail.models import Site

from diptych.articles.caching.versions import current_log, depends_on, longest_life, recording
from diptych.articles.languages.config.wagtail_compat import set_site


@dataclass(slots=True)
class _Kept:
    """A value, its tags and their versions; ``state`` is the last of the log they were seen in."""

    tags: tuple
    versions: tuple
    value: Any
    state: int
    made_at: float

    def is_up_to_date(self, log):
        """Whether no tag has been raised since; looked up once for each state of the log."""
        if self.state != log.state:
            if log.versions_of(self.tags) != self.versions:
                return False
            self.state = log.state
        return time.monotonic() - self.made_at < longest_life()


class KeptValues:
    """Values by key, each with the versions of the tags that it was made from.

    Values are shared by all threads, so nobody may alter one. They are made anew after an hour, as
    pages are. Those that were not used for longest go first where there are more than ``size``.
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
            return known.value
        with recording() as used:
            value = make()
        tags = tuple({*tags, *used})
        depends_on(*tags)
        if log:
            self._keep(key, tags, log, value)
        return value

    def get_pages(self, kind, ids, make, tags_of=lambda page: ()):
        """The pages with these ids, by id; ``make`` fetches those that are not known together.

        ``kind`` says which of their columns, ``tags_of`` what else a page shows than itself. Only
        live pages are kept, each until one of its tags is raised; they have these as
        ``kept_tags``. Every caller gets copies, which share what they refer to.
        """

        def tags_of_page(page):
            page.kept_tags = (f"page:{page.pk}", *tags_of(page)) if page.live else ()
            return page.kept_tags

        depends_on(*(f"page:{pk}" for pk in ids))
        found = self.get_many(kind, ids, make, tags_of_page)
        return {pk: copy(page) for pk, page in found.items()}

    def get_many(self, kind, ids, make, tags_of):
        """The values of these ids, by id; ``make`` makes those that are not known together.

        ``kind`` is that of the values, ``tags_of`` gives the tags of one, or none for one that
        is not to be kept.
        """
        log = current_log()
        known = {pk: self._known((kind, pk), log) for pk in ids}
        found = {pk: each.value for pk, each in known.items() if each}
        if len(found) < len(known):
            for pk, value in make([pk for pk in known if pk not in found]).items():
                tags = tuple(tags_of(value))
                depends_on(*tags)
                if log and tags:
                    self._keep((kind, pk), tags, log, value)
                found[pk] = value
        return found

    def _known(self, key, log):
        """The :class:`_Kept` of ``key``, if it is up to date."""
        known = self._values.get(key)
        if not known or not log or not known.is_up_to_date(log):
            return None
        depends_on(*known.tags)
        with self._lock:
            self._values[key] = self._values.pop(key, known)
        return known

    def _keep(self, key, tags, log, value):
        known = _Kept(tags, log.versions_of(tags), value, log.state, time.monotonic())
        with self._lock:
            self._values.pop(key, None)
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
        if hasattr(request, name):
            # What is kept by itself, such as a header, shows them as well as the page around it.
            getattr(request, name)._depend()
        else:
            site = Site.find_for_request(request)
            if site is None:
                return cls.for_site(None)  # which says that there is none
            kept = _settings.get((cls, site.pk), ["settings"], lambda: cls._read(site))
            setattr(request, name, kept._for(request, site))
        return getattr(request, name)

    @classmethod
    def _read(cls, site):
        settings = cls.for_site(site)
        settings._depend()
        return settings

    def _depend(self):
        """Note that settings are shown, with the images that belong to them."""
        keys = (getattr(self, f"{name}_id") for name in self.select_related or ())
        depends_on("settings", *(f"image:{key}" for key in keys if key is not None))

    def _for(self, request, site):
        """An instance for ``request``, which has itself changed neither this nor anything else."""
        settings = _own(self, self.select_related or ())
        settings._request, settings._page_url_cache = request, {}
        settings.site = site
        return settings
