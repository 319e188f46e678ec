"""The page cache: answers anonymous readers before sessions, languages and the database are used.

It goes before all other middleware. Cached pages were rendered for a request without cookies, at
one of the addresses in :mod:`diptych.articles.caching.addresses`. A page is stored with the tags
that it depends on; once a transaction that invalidates one of them is committed, no process uses it
any more. See ``docs/caching.md``.
"""

import hashlib
import threading
import time
from functools import lru_cache, partial

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.http import HttpResponse, HttpResponseNotModified, QueryDict
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control
from django.utils.encoding import escape_uri_path
from django.utils.http import parse_etags, parse_http_date_safe
from wagtail.models import Site

from diptych.articles.caching import addresses, rendered_addresses, storage, versions
from diptych.articles.caching.entries import ENCODINGS, make_entry
from diptych.articles.caching.tag_headers import header_of, tag_headers
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.routes.frontend_caches import has_frontend_cache
from diptych.articles.languages.routes.hosts import language_of_host

#: How long a request waits for another that renders the same page, in seconds.
LONGEST_WAIT = 3
#: Seconds after which the lock of a rendering expires if the process that holds it is killed.
LOCK_LIFE = 10
#: The pauses between two looks into the shared store while waiting, in seconds.
PAUSE = 0.03
#: Headers removed from the request that renders a page, as it must not depend on them.
REMOVED = (
    "CONTENT_LENGTH",
    "CONTENT_TYPE",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_COOKIE",
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_RANGE",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
    "HTTP_REFERER",
)
#: Removed headers that ``Vary`` of a rendered page may name.
IGNORED_IN_VARY = {"accept", "accept-encoding", "cookie"}
#: Headers that an answer without a body repeats, as they replace those that the reader has.
OF_NOT_MODIFIED = {"cache-control", "content-location", "expires"}
SERVED_DIRECTLY = ("80", "443")
#: What caches in front are told of answers whose addresses are not recorded.
NOT_STORED = "max-age=0, s-maxage=0"
#: The most characters of an ``Accept-Encoding`` that are parsed and used as a key.
LONGEST_ACCEPTED = 200

name_of = lru_cache(maxsize=4096)(addresses.name_of)


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


class Answer(ClosingMixin, HttpResponse):
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
        asked = self._asked(request)
        if asked is None:
            return self._uncached(request)
        entry = storage.fetch(asked.key, asked.log)
        request.page_cache = "miss" if entry is None else "hit"
        if entry is not None:
            return self._answer(asked, entry)
        if versions.process_state.is_unreadable:
            # Changes made during the rendering could not be detected.
            return self._not_stored(self.get_response(request))
        return self._rendered(request, asked)

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

    def _asked(self, request):
        """The request as :class:`Asked`, or ``None`` if it is not cached."""
        path = request.path_info
        if len(path) > addresses.LONGEST_PATH or (host := _host(request)) is None:
            return None
        if (name := name_of(path, language_of_host(host), settings.ROOT_URLCONF)) is None:
            return None
        log = versions.current_log() or versions.process_state.known_in_outage()
        if log is None:
            return None
        asked = Asked(request, name, f"{request.scheme}://{host}{request.path}", log)
        return asked if asked.read_query(request.META.get("QUERY_STRING", "")) else None

    # Answering

    def _answer(self, asked, entry):
        encoding = asked.encoding
        if asked.has(entry):
            response = NotModified()
            for name, value in entry.headers:
                if name.lower() in OF_NOT_MODIFIED:
                    response.headers[name] = value
        else:
            body = entry.body_in(encoding)
            response = Answer(b"" if asked.method == "HEAD" else body)
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
            self._record(asked, entry, response)
        return response

    def _record(self, asked, entry, response):
        """Record the address for caches in front once the answer has been sent.

        One with other keys in its query, or spelt in another way, would never be purged: these
        caches do not store it. While the database does not answer, they ask again each time, and it
        is not asked for this.
        """
        if versions.process_state.is_unreadable:
            response.headers["Cache-Control"] = cache_control(0)
        elif asked.is_spelt_as_recorded:
            url = asked.absolute_url
            response.on_close = partial(rendered_addresses.record, asked.key, url, entry)
        else:
            response.headers["Cache-Control"] = NOT_STORED

    def _cache_control(self, entry):
        """The header ``Cache-Control``, limited to the rest of a life shorter than usual."""
        is_limited = entry.life < versions.longest_life()
        return cache_control(entry.life - entry.age) if is_limited else self.cache_control

    # Rendering

    def _rendered(self, request, asked):
        """Render the page or wait for a concurrent rendering, and store it if it may be cached."""
        done = self._begin(asked)
        if done is None:
            request.page_cache = "hit"
            return self._answer(asked, asked.entry)
        try:
            return self._render(request, asked)
        finally:
            done()

    def _begin(self, asked):
        """Acquire the right to render a page; one request at a time has it.

        Returns a function to call afterwards, or ``None`` if another request has rendered the page,
        which is ``asked.entry`` then. Waits for :data:`LONGEST_WAIT` at most.
        """
        own = threading.Event()
        other = self.rendering.setdefault(asked.key, own)
        if other is not own:
            other.wait(LONGEST_WAIT)
            return None if asked.fetch_newer() else _nothing
        is_free, is_over = False, True
        try:
            is_free = storage.store.lock(asked.key, LOCK_LIFE)
            # The previous holder of the lock may have stored the page meanwhile.
            is_over = asked.fetch() if is_free else asked.wait_for_other_process()
        finally:
            # Also after an exception: later requests for the page would wait for this one.
            if is_over:
                self._end(asked, own, is_free)
        return None if is_over else lambda: self._end(asked, own, is_free)

    def _end(self, asked, own, is_free):
        self.rendering.pop(asked.key, None)
        own.set()
        if is_free:
            storage.store.unlock(asked.key)

    def _render(self, request, asked):
        asked.prepare(request)
        with versions.recording() as used:
            response = self.get_response(request)
        entry = self._entry(request, response, asked, used)
        if entry is None:
            return self._unkept(request, response, asked)
        storage.keep(asked.key, entry)
        return self._answer(asked, entry)

    def _entry(self, request, response, asked, used):
        """The :class:`Entry` of a response that is the same for all readers, else ``None``."""
        if asked.log is None or not is_the_same_for_all(request, response):
            return None
        if not _is_own_host(request):
            return None
        keys = addresses.keys_of_response(asked.name, response)
        if asked.query and not set(QueryDict(asked.query)) <= set(keys or ()):
            return None
        tags = used | tags_of_all(asked.name, request.path_info, response)
        life = longest_life_of(response)
        changes = asked.log.ids_of(tags)
        entry = make_entry(response, tags, changes, keys, life)
        entry.log = asked.log
        return entry

    def _unkept(self, request, response, asked):
        """A response that is not cached."""
        asked.restore(request)
        if self.compresses and not response.has_header("Content-Encoding"):
            response = GZipMiddleware(lambda _request: response)(request)
        return self._not_stored(response)


class Asked:
    """A request for a page that may be cached: its key, query, encoding and log."""

    def __init__(self, request, name, address, log):
        meta = request.META
        self.name = name
        self.address = address
        self.log = log
        self.method = request.method
        self.meta = meta
        self.encoding = best_encoding(meta.get("HTTP_ACCEPT_ENCODING", ""))
        self.entry = None
        self.query = ""
        self.key = _key(address)
        self.path = request.path

    def read_query(self, query):
        """Remove unknown query keys; returns whether the response may be cached."""
        if not query:
            return True
        known = storage.fetch(self.key, self.log)
        keys = known.query_keys if known else addresses.keys_of_name(self.name)
        filtered = addresses.filtered(query, keys)
        if filtered is None:
            return False
        if filtered:
            self.query = filtered
            self.key = _key(f"{self.address}?{filtered}")
        return True

    @property
    def absolute_url(self):
        """The address without what is removed from it, encoded."""
        return self.address.removesuffix(self.path) + self._uri

    @property
    def _uri(self):
        path = escape_uri_path(self.path)
        return f"{path}?{self.query}" if self.query else path

    @property
    def is_spelt_as_recorded(self):
        """Whether this is :attr:`absolute_url`, and not such as ``/fr/%61rticles/?``.

        As far as the server says: gunicorn and uWSGI do.
        """
        asked = self.meta.get("RAW_URI") or self.meta.get("REQUEST_URI") or self._uri
        return asked == self._uri and self.query == self.meta.get("QUERY_STRING", "")

    def has(self, entry):
        """Whether the conditional headers of the request match ``entry``."""
        if tags := self.meta.get("HTTP_IF_NONE_MATCH"):
            digests = {_digest(tag) for tag in parse_etags(tags)}
            return "*" in digests or entry.digest in digests
        since = self.meta.get("HTTP_IF_MODIFIED_SINCE")
        since = parse_http_date_safe(since) if since else None
        return since is not None and since >= int(entry.created)

    def fetch(self):
        """Look up the page with the log read so far; returns whether it was found."""
        self.entry = storage.fetch(self.key, self.log) if self.log else None
        return self.entry is not None

    def fetch_newer(self):
        """Read the log and look up the page again; returns whether it was found."""
        versions.begin_reading()
        self.log = versions.current_log()
        return self.fetch()

    def wait_for_other_process(self):
        """Wait until another process has stored the page; returns whether it has."""
        end = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < end:
            time.sleep(PAUSE)
            if self.fetch_newer():
                return True
            if self.log is None or not storage.store.is_locked(self.key):
                break
        return False

    def prepare(self, request):
        """Remove personal data from ``request``: the response is the same for all readers."""
        self.original = request.META, request.method
        request.META = {name: value for name, value in self.meta.items() if name not in REMOVED}
        request.META["QUERY_STRING"] = self.query
        request.META["REQUEST_METHOD"] = request.method = "GET"
        # A reader may name another with `Content-Type`, in which links of lists would be encoded.
        request.encoding = None
        request.GET = QueryDict(self.query)
        request.COOKIES = {}
        request.__dict__.pop("headers", None)

    def restore(self, request):
        request.META, request.method = self.original
        request.__dict__.pop("headers", None)


def _nothing():
    pass


def _key(address):
    return hashlib.blake2b(address.encode(), digest_size=16).hexdigest()


def _digest(etag):
    """The digest in an entity tag of :class:`Entry`, without weak mark and encoding."""
    return etag.removeprefix("W/").strip('"').partition("-")[0]


def _host(request):
    """The validated host as it is written in lower case, else ``None``."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    return host if host == host.lower() and not host.endswith(".") else None


def _is_own_host(request):
    """Whether the host is in the settings or belongs to a site, with a standard port.

    Otherwise requests for invented subdomains and ports would fill the cache.
    """
    name, _colon, port = request.get_host().partition(":")
    if port and port not in (request.META.get("SERVER_PORT"), *SERVED_DIRECTLY):
        return False
    return name in settings.ALLOWED_HOSTS or Site.objects.filter(hostname=name).exists()


def best_encoding(accepted):
    """The encoding that is stored or made for an ``Accept-Encoding``; ``""`` for none."""
    accepted = accepted[:LONGEST_ACCEPTED].lower()
    for encoding in ENCODINGS:
        if encoding in accepted and encoding in _encodings(accepted):
            return encoding
    return ""


@lru_cache(maxsize=256)
def _encodings(accepted):
    offers = (offer.replace(" ", "").partition(";q=") for offer in accepted.split(","))
    wanted = {name for name, _q, weight in offers if not weight or weight.strip("0.")}
    return frozenset(wanted.intersection(ENCODINGS))


def _as_private(response):
    """Prevent shared caches from storing a response to a user who is logged in."""
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, max_age=0)
    return response


def is_the_same_for_all(request, response):
    """Whether a response to an anonymous request may be sent to other readers."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        return False
    if "nonce-" in response.get("Content-Security-Policy", ""):
        return False
    directives = {each.split("=")[0].lower() for each in _directives(response, "Cache-Control")}
    if not directives.isdisjoint({"private", "no-store", "no-cache"}):
        return False
    varies = {each.lower() for each in _directives(response, "Vary")}
    return varies <= IGNORED_IN_VARY and not response.has_header("Content-Encoding")


def _directives(response, name):
    return [each.strip() for each in response.get(name, "").split(",") if each.strip()]


def longest_life_of(response):
    """The seconds to cache a response: at most ``pages_life``, ``max-age`` and the setting."""
    longest = versions.longest_life()
    return min(longest, _max_age(response, longest), getattr(response, "pages_life", longest))


def _max_age(response, otherwise):
    """``max-age`` of the response in seconds, or ``otherwise``."""
    for directive in _directives(response, "Cache-Control"):
        name, _sign, seconds = directive.partition("=")
        if name.lower() == "max-age" and seconds.isdecimal():
            return int(seconds)
    return otherwise


def tags_of_all(name, path, response=None):
    """The tags that every page depends on, and the lists in its language.

    Addresses without a language prefix depend on all languages.
    """
    language = addresses.language_of(name, path)
    lists = [language] if language else available_languages()
    tags = {"menu", "settings", "theme", *versions.tags_of_any_image()}
    tags |= {f"list:{code}" for code in lists} | {f"texts:{code}" for code in available_languages()}
    page = (getattr(response, "context_data", None) or {}).get("page")
    if getattr(page, "pk", None):
        tags |= {f"page:{page.pk}", f"related:{page.pk}"}
    if name != addresses.PAGES:
        # Feeds and the API suggest articles below each article.
        tags |= {"related:any"}
    return tags


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
