"""The request for a page as the page cache sees it: its key, its query and what the reader has."""

import hashlib
import time
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import QueryDict
from django.utils.encoding import escape_uri_path
from django.utils.http import parse_etags, parse_http_date_safe

from diptych.articles.caching import addresses, storage, versions
from diptych.articles.caching.entries import ENCODINGS
from diptych.articles.languages.routes.hosts import language_of_host

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
#: The most characters of an ``Accept-Encoding`` that are parsed and used as a key.
LONGEST_ACCEPTED = 200

name_of = lru_cache(maxsize=4096)(addresses.name_of)


def cacheable_request(request):
    """The request as :class:`CacheableRequest`, or ``None`` if it is not cached."""
    path = request.path_info
    if len(path) > addresses.LONGEST_PATH or (host := _host(request)) is None:
        return None
    if (name := name_of(path, language_of_host(host), settings.ROOT_URLCONF)) is None:
        return None
    log = versions.current_log() or versions.process_state.known_in_outage()
    if log is None:
        return None
    cacheable = CacheableRequest(request, name, f"{request.scheme}://{host}{request.path}", log)
    return cacheable if cacheable.read_query(request.META.get("QUERY_STRING", "")) else None


def _host(request):
    """The validated host as it is written in lower case, else ``None``."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    return host if host == host.lower() and not host.endswith(".") else None


class CacheableRequest:
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
        #: Whether the query has what a reader typed.
        self.is_typed = False
        self.key = key_of(address)
        self.path = request.path

    def read_query(self, query):
        """Remove unknown query keys; returns whether the response may be cached."""
        if not query:
            return True
        keys = addresses.keys_of_name(self.name)
        if self.name == addresses.PAGES and (known := storage.fetch(self.key, self.log)):
            keys = known.query_keys
        filtered = addresses.filtered(query, keys)
        if filtered is None:
            return False
        if filtered:
            self.query = filtered
            self.is_typed = isinstance(keys, dict)
            self.key = key_of(f"{self.address}?{filtered}")
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

        As far as the server says: gunicorn and uWSGI do. What readers typed is not recorded.
        """
        if self.is_typed:
            return False
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
        self.entry = None
        if self.log and self.is_typed:
            entry = storage.typed.get(self.key)
            self.entry = entry if entry and entry.is_current(self.log) else None
        elif self.log:
            self.entry = storage.fetch(self.key, self.log)
        return self.entry is not None

    def keep(self, entry):
        """Store the page."""
        if self.is_typed:
            storage.typed.set(self.key, entry)
        else:
            storage.keep(self.key, entry)

    def lock(self, seconds):
        """Keep other processes from rendering the page; returns whether none does so."""
        return self.is_typed or storage.store.lock(self.key, seconds)

    def unlock(self):
        if not self.is_typed:
            storage.store.unlock(self.key)

    def fetch_newer(self):
        """Read the log and look up the page again; returns whether it was found."""
        versions.begin_reading()
        self.log = versions.current_log()
        return self.fetch()

    def wait_for_other_process(self, longest):
        """Wait until another process has stored the page; returns whether it has.

        Waits for ``longest`` seconds at most.
        """
        end = time.monotonic() + longest
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
        kept = {"HTTP_ACCEPT"} if addresses.knows_media_types(self.name) else set()
        removed = {*REMOVED} - kept
        request.META = {name: value for name, value in self.meta.items() if name not in removed}
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


def key_of(address):
    return hashlib.blake2b(address.encode(), digest_size=16).hexdigest()


def _digest(etag):
    """The digest in an entity tag of :class:`Entry`, without weak mark and encoding."""
    return etag.removeprefix("W/").strip('"').partition("-")[0]


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
