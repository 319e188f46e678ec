"""Answers of the site to a reader who is not signed in, without a server."""

import io
import logging
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

from django.core.handlers.wsgi import WSGIHandler
from django.utils.translation import get_language, override

#: Set in the environment of a request of the export; no reader can send it.
MARK = "diptych.static_site"
MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Answer:
    """What the site answers at an address; ``location`` is where a redirect leads."""

    status: int
    kind: str
    content: bytes
    location: str = ""
    #: Whether every reader gets the same: it sets no cookie and is not marked as private.
    is_public: bool = True

    @property
    def is_html(self):
        return self.kind == "text/html"

    @property
    def is_moved(self):
        return self.status in MOVED


class Reader:
    """Asks the site at ``root_url`` for addresses, through all of its middleware."""

    def __init__(self, root_url):
        self.site = urlsplit(root_url)
        self.handler = WSGIHandler()

    def ask(self, address):
        """The :class:`Answer` at ``address``, a path that may have a query."""
        # A request leaves its language active.
        with override(get_language()), _without_not_found():
            response = self.handler(self._environment(address), lambda *_arguments: None)
        try:
            content = b"".join(response)
        finally:
            response.close()
        return Answer(
            response.status_code,
            response.get("Content-Type", "").partition(";")[0],
            content,
            response.get("Location", ""),
            _is_public(response),
        )

    def _environment(self, address):
        path, _mark, query = address.partition("?")
        is_secure = self.site.scheme == "https"
        return {
            MARK: True,
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self.site.hostname,
            "SERVER_PORT": str(self.site.port or (443 if is_secure else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": self.site.netloc,
            "wsgi.url_scheme": self.site.scheme,
            "wsgi.input": io.BytesIO(),
        }


@contextmanager
def _without_not_found():
    """Log no answer 404: they are asked for, or reported as links that lead nowhere."""
    logger = logging.getLogger("django.request")
    logger.addFilter(_is_logged)
    try:
        yield
    finally:
        logger.removeFilter(_is_logged)


def _is_logged(record):
    request = getattr(record, "request", None)
    is_asked_here = request is not None and request.META.get(MARK)
    return not (is_asked_here and getattr(record, "status_code", None) == 404)


def _is_public(response):
    directives = response.get("Cache-Control", "").lower()
    return not response.cookies and "private" not in directives and "no-store" not in directives
