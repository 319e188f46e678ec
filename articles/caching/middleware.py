"""The page cache: answers anonymous readers before sessions, languages and the database are used.

It goes before all other middleware. Cached pages were rendered for a request without cookies, at
one of the addresses in :mod:`diptych.articles.caching.addresses`. A page is stored with the tags
that it depends on; once a transaction that invalidates one of them is committed, no process uses it
any more. See ``docs/caching.md``.
"""

import threading
from functools import partial

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse, HttpResponseNotModified
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control

from diptych.articles.caching import rendered_addresses, versions
from diptych.articles.caching.cacheable_requests import cacheable_request
from diptych.articles.caching.cacheable_responses import entry_of
from diptych.articles.caching.tag_headers import header_of, tag_headers
from diptych.articles.languages.routes.frontend_caches import has_frontend_cache

#: How long a request waits for another that renders the same page, in seconds.
LONGEST_WAIT = 3
#: Seconds after which the lock of a rendering expires if the process that holds it is killed.
LOCK_LIFE = 10
#: Headers that an answer without a body repeats, as they replace those that the reader has.
OF_NOT_MODIFIED = {"cache-control", "content-location", "expires"}
#: What caches in front are told of answers whose addresses are not recorded.
NOT_STORED = "max-age=0, s-maxage=0"


class ClosingMixin:
    """A response that calls ``on_close`` once it has been sent."""

    on_close = None

    def close(self):
        on_close, self.on_close = self.on_close, None
        try:
            if on_close:
                on_close()
        finally:
            super().close()


class CachedResponse(ClosingMixin, HttpResponse):
    pass


class NotModified(ClosingMixin, HttpResponseNotModified):
    pass


class PageCacheMiddleware:
    def __init__(self, get_response):
        if settings.DEBUG:
            # Templates change without a restart.
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.cache_control = cache_control()
        # A form that is open elsewhere needs the token of the cookie that the reader has.
        names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
        self.cookies = tuple(f"{name}=" for name in names)
        self.compresses = any(name.endswith(".GZipMiddleware") for name in settings.MIDDLEWARE)
        self.rendering = {}
        self.has_frontend_cache = has_frontend_cache()
        self.tag_headers = tag_headers()

    def __call__(self, request):
        if request.method not in ("GET", "HEAD"):
            return self._uncached(request)
        if self._is_personal(request.META):
            return _as_private(self._uncached(request))
        cacheable = cacheable_request(request)
        if cacheable is None:
            return self._uncached(request)
        is_found = cacheable.fetch()
        request.page_cache = "hit" if is_found else "miss"
        if is_found:
            return self._answer(cacheable, cacheable.entry)
        if versions.process_state.is_unreadable:
            # Changes made during the rendering could not be detected.
            return self._not_stored(self.get_response(request))
        return self._rendered(request, cacheable)

    def _uncached(self, request):
        """The response to a request that is not cached; reads the log first.

        Wagtail caches the root paths of sites for an hour; reading the log clears them after a
        change made by another process.
        """
        versions.current_log()
        return self._not_stored(self.get_response(request))

    def _not_stored(self, response):
        """Keep caches in front from storing an answer whose address is not recorded."""
        if self.has_frontend_cache and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = NOT_STORED
        return response

    def _is_personal(self, meta):
        cookies = meta.get("HTTP_COOKIE")
        if cookies:
            # Django takes no notice of spaces around names.
            cookies = "".join(cookies.split())
            if any(name in cookies for name in self.cookies):
                return True
        return "HTTP_AUTHORIZATION" in meta

    # Answering

    def _answer(self, cacheable, entry):
        encoding = cacheable.encoding
        if cacheable.has(entry):
            response = NotModified()
            for name, value in entry.headers:
                if name.lower() in OF_NOT_MODIFIED:
                    response.headers[name] = value
        else:
            body = entry.body_in(encoding)
            response = CachedResponse(b"" if cacheable.method == "HEAD" else body)
            for name, value in entry.headers:
                response.headers[name] = value
            response.headers["Content-Length"] = str(len(body))
            if encoding:
                response.headers["Content-Encoding"] = encoding
        response.headers["Last-Modified"] = entry.modified
        response.headers["ETag"] = entry.etag(encoding)
        response.headers["Vary"] = "Accept-Encoding"
        if response.headers.get("Cache-Control"):
            # Its seconds began when the page was rendered.
            response.headers["Age"] = str(entry.age)
        else:
            response.headers["Cache-Control"] = self._cache_control(entry)
        for name in self.tag_headers:
            response.headers[name] = header_of(name, entry.tags)
        if self.has_frontend_cache:
            self._record(cacheable, entry, response)
        return response

    def _record(self, cacheable, entry, response):
        """Record the address for caches in front once the answer has been sent.

        One with other keys in its query, or spelt in another way, would never be purged: these
        caches do not store it. While the database does not answer, they ask again each time, and it
        is not asked for this.
        """
        if versions.process_state.is_unreadable:
            response.headers["Cache-Control"] = cache_control(0)
        elif cacheable.is_spelt_as_recorded:
            url = cacheable.absolute_url
            response.on_close = partial(rendered_addresses.record, cacheable.key, url, entry)
        else:
            response.headers["Cache-Control"] = NOT_STORED

    def _cache_control(self, entry):
        """The header ``Cache-Control``, limited to the rest of a life shorter than usual."""
        is_limited = entry.life < versions.longest_life()
        return cache_control(entry.life - entry.age) if is_limited else self.cache_control

    # Rendering

    def _rendered(self, request, cacheable):
        """Render the page or wait for a concurrent rendering, and store it if it may be cached."""
        done = self._begin(cacheable)
        if done is None:
            request.page_cache = "hit"
            return self._answer(cacheable, cacheable.entry)
        try:
            return self._render(request, cacheable)
        finally:
            done()

    def _begin(self, cacheable):
        """Acquire the right to render a page; one request at a time has it.

        Returns a function to call afterwards, or ``None`` if another request has rendered the page,
        which is ``cacheable.entry`` then. Waits for :data:`LONGEST_WAIT` at most.
        """
        own = threading.Event()
        other = self.rendering.setdefault(cacheable.key, own)
        if other is not own:
            other.wait(LONGEST_WAIT)
            return None if cacheable.fetch_newer() else _nothing
        is_free, is_over = False, True
        try:
            is_free = cacheable.lock(LOCK_LIFE)
            # The previous holder of the lock may have stored the page meanwhile.
            is_over = (
                cacheable.fetch() if is_free else cacheable.wait_for_other_process(LONGEST_WAIT)
            )
        finally:
            # Also after an exception: later requests for the page would wait for this one.
            if is_over:
                self._end(cacheable, own, is_free)
        return None if is_over else lambda: self._end(cacheable, own, is_free)

    def _end(self, cacheable, own, is_free):
        self.rendering.pop(cacheable.key, None)
        own.set()
        if is_free:
            cacheable.unlock()

    def _render(self, request, cacheable):
        cacheable.prepare(request)
        with versions.recording() as used:
            response = self.get_response(request)
        entry = entry_of(request, response, cacheable, used)
        if entry is None:
            return self._unkept(request, response, cacheable)
        cacheable.keep(entry)
        return self._answer(cacheable, entry)

    def _unkept(self, request, response, cacheable):
        """A response that is not cached."""
        cacheable.restore(request)
        if self.compresses and not response.has_header("Content-Encoding"):
            response = GZipMiddleware(lambda _request: response)(request)
        return self._not_stored(response)


def _nothing():
    pass


def _as_private(response):
    """Prevent shared caches from storing a response to a user who is logged in."""
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, max_age=0)
    return response


def cache_control(longest=None):
    """The header for browsers and shared caches: ``DIPTYCH_PAGES_CACHE_CONTROL``.

    ``longest`` limits the seconds for which they may use a page without asking.
    """
    chosen = {
        "max-age": 0,
        "s-maxage": 0,
        "stale-while-revalidate": 0,
        "stale-if-error": 24 * 60 * 60,
        **getattr(settings, "DIPTYCH_PAGES_CACHE_CONTROL", {}),
    }
    always = ("max-age", "s-maxage")
    if longest is not None:
        chosen |= {name: min(chosen[name], int(longest)) for name in always}
        chosen["stale-while-revalidate"] = 0
    seconds = [f"{name}={value}" for name, value in chosen.items() if value or name in always]
    return ", ".join(["public", *seconds])
