"""Values cached in the memory of a process until one of their tags is invalidated."""

import threading
import time
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import DisallowedHost
from django.db import models
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from diptych.articles.caching.versions import current_log, depends_on, longest_life, recording
from diptych.articles.languages.config.wagtail_compat import set_site
from diptych.articles.languages.publication.pages import MultilingualPageMixin


@dataclass(slots=True)
class _CachedValue:
    """A cached value with its tags and their versions.

    ``state`` identifies the log that the versions were last compared with.
    """

    tags: tuple
    versions: tuple
    value: Any
    weight: int
    state: int
    made_at: float

    def is_up_to_date(self, log):
        """Whether no tag has been invalidated since; compared once for each state of the log."""
        if self.state != log.state:
            if log.versions_of(self.tags) != self.versions:
                return False
            self.state = log.state
        return time.monotonic() - self.made_at < longest_life()


class TaggedCache:
    """A least-recently-used cache of ``size`` values by key, invalidated by tags.

    With ``weigh``, which returns the weight of a value, such as ``sys.getsizeof``, ``size`` is what
    all of them may weigh.
    All threads share the values: callers must not modify them. Values expire after an hour, like
    pages.
    """

    def __init__(self, size=256, weigh=lambda value: 1):
        self._size = size
        self._weigh = weigh
        self._weight = 0
        self._values = {}
        self._lock = threading.Lock()

    def get(self, key, tags, make, is_shared=lambda value: True):
        """The cached value of ``key``, or the result of ``make()``, which is cached.

        It depends on ``tags`` and on the tags used by ``make``; the page being rendered depends on
        both. A value for which ``is_shared`` is false is not cached.
        """
        log = current_log()
        known = self._known(key, log)
        if known:
            return known.value
        with recording() as used:
            value = make()
        tags = tuple({*tags, *used})
        depends_on(*tags)
        if log and is_shared(value):
            self._keep(key, tags, log, value)
        return value

    def get_pages(self, kind, ids, make, tags_of=lambda page: ()):
        """The pages with these ids, by id; ``make`` fetches the missing ones in one call.

        ``kind`` identifies the set of columns; ``tags_of`` returns further tags of a page. Only
        live pages are cached; their tags are in ``cached_tags``. Returns shallow copies for each
        caller, whose related objects are shared.
        """

        def tags_of_page(page):
            page.cached_tags = (f"page:{page.pk}", *tags_of(page)) if page.live else ()
            return page.cached_tags

        depends_on(*(f"page:{pk}" for pk in ids))
        found = self.get_many(kind, ids, make, tags_of_page)
        return {pk: copy(page) for pk, page in found.items()}

    def get_many(self, kind, ids, make, tags_of):
        """The values with these ids, by id; ``make`` creates the missing ones in one call.

        ``kind`` is the kind of the values; ``tags_of`` returns the tags of a value, and none for a
        value that must not be cached.
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
        """The :class:`_CachedValue` of ``key`` if it is up to date, else ``None``."""
        known = self._values.get(key)
        if not known or not log or not known.is_up_to_date(log):
            return None
        depends_on(*known.tags)
        with self._lock:
            if key in self._values:  # now the last one that was used
                self._values[key] = self._values.pop(key)
        return known

    def _keep(self, key, tags, log, value):
        versions, weight = log.versions_of(tags), self._weigh(value)
        known = _CachedValue(tags, versions, value, weight, log.state, time.monotonic())
        with self._lock:
            self._drop(key)
            self._values[key] = known
            self._weight += weight
            while self._weight > self._size:
                self._drop(next(iter(self._values)))

    def _drop(self, key):
        if dropped := self._values.pop(key, None):
            self._weight -= dropped.weight


_sites = TaggedCache()
#: The rows of front pages.
_rows = TaggedCache()


def find_site(request):
    """Set the site of ``request`` from a cache in memory by host and port."""
    try:
        key = (request.get_host(), request.get_port())
    except DisallowedHost:
        return
    kept = _sites.get(key, ["settings"], lambda: _read_site(request))
    site = copy(kept)
    if site:
        site.root_page = _own(kept.root_page, ["specific_deferred"])
        _attach_rows(site.root_page.specific_deferred)
    set_site(request, site)


def _read_site(request):
    """The site with its front page."""
    site = Site.find_for_request(request)
    if site is not None:
        depends_on(f"page:{site.root_page_id}")
        _ = site.root_page.specific_deferred
    return site


def _attach_rows(front_page):
    """Attach the rows that tell the addresses of ``front_page``, to be read if they are needed."""
    if isinstance(front_page, MultilingualPageMixin):
        tags = [f"page:{front_page.pk}"]
        front_page.language_rows = SimpleLazyObject(
            lambda: _rows.get(front_page.pk, tags, lambda: [*front_page.languages.in_use()])
        )


def _own(kept, relations):
    """A copy of a cached object, with copies of the named related objects; both may be modified."""
    found = copy(kept)
    for name in relations:
        setattr(found, name, copy(getattr(kept, name)))
    return found


_settings = TaggedCache()


class CachedSettingMixin(models.Model):
    """A ``BaseSiteSetting`` whose row of each site is cached in memory.

    It goes before that class. Every request gets its own instance, with copies of the objects in
    ``select_related``.
    """

    class Meta:
        abstract = True

    @classmethod
    def for_request(cls, request):
        """Like Wagtail's method, without a query while the settings have not changed."""
        name = cls.get_cache_attr_name()
        if hasattr(request, name):
            # Separately cached parts, such as a header, depend on them like the page around them.
            getattr(request, name)._depend()
        else:
            site = Site.find_for_request(request)
            if site is None:
                return cls.for_site(None)  # raises that there is none
            kept = _settings.get((cls, site.pk), ["settings"], lambda: cls._read(site))
            setattr(request, name, kept._for(request, site))
        return getattr(request, name)

    @classmethod
    def _read(cls, site):
        settings = cls.for_site(site)
        settings._depend()
        return settings

    def _depend(self):
        """Record that the page being rendered depends on the settings and their images."""
        keys = (getattr(self, f"{name}_id") for name in self.select_related or ())
        depends_on("settings", *(f"image:{key}" for key in keys if key is not None))

    def _for(self, request, site):
        """A modifiable instance for ``request``."""
        settings = _own(self, self.select_related or ())
        settings._request, settings._page_url_cache = request, {}
        settings.site = site
        return settings
