"""Fields of requests in the log: an id shared by their lines, the user, the language.

No line contains a query string, a form, a cookie or the token of a link.
"""

import logging
import re
import time
import uuid
from contextvars import ContextVar

from django.contrib.auth import SESSION_KEY
from django.utils.translation import get_language
from pythonjsonlogger.json import JsonFormatter

logger = logging.getLogger("journal.access")

#: The header in which a proxy gives its id, and in which an error gives it to the reader.
HEADER = "X-Request-ID"
_ID = re.compile(r"[\w-]{8,64}", re.ASCII)
#: Names of URL arguments that contain secrets.
SECRET_ARGUMENTS = ("token", "uidb64", "signature", "key")
#: Links to drafts, to password resets and of newsletters, anywhere in a line: also invalid ones,
#: whose path Django logs.
_SECRET_PATH = re.compile(
    r"""(/draft/|/password_reset/confirm/|/newsletter/(?:confirm|unsubscribe)/)([^\s"'?\\]+)"""
)

_current = ContextVar("request", default=None)


class RequestLogMiddleware:
    """Gives each request an id, and writes a line about it once it is answered."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get(HEADER, "")
        request.log_id = given if _ID.fullmatch(given) else uuid.uuid4().hex
        token = _current.set(request)
        begin = time.perf_counter()
        try:
            response = self.get_response(request)
            if response.status_code >= 500:
                response.headers[HEADER] = request.log_id
            _log(request, response, time.perf_counter() - begin)
        finally:
            _current.reset(token)
        return response


def _log(request, response, seconds):
    size = None if response.streaming else len(response.content)
    values = {
        "method": request.method,
        "path": path_without_secrets(request),
        "status": response.status_code,
        "milliseconds": round(seconds * 1000),
        "bytes": size,
        "language": response.headers.get("Content-Language", ""),
    }
    logger.info("%(method)s %(path)s %(status)s %(milliseconds)s ms", values, extra=values)


def path_without_secrets(request):
    """The path of a request, with dots in place of secrets."""
    path = request.path
    if match := request.resolver_match:
        for name in SECRET_ARGUMENTS:
            if value := match.kwargs.get(name):
                path = path.replace(str(value), "…")
    return without_secrets(path)


def without_secrets(text):
    """``text`` with dots for the tokens of links in it."""
    return _SECRET_PATH.sub(lambda found: found[1] + re.sub("[^/]+", "…", found[2]), text)


class LineFormatter(logging.Formatter):
    """Lines for people, tracebacks included, without the tokens of links."""

    def format(self, record):
        return without_secrets(super().format(record))


class JSONFormatter(JsonFormatter):
    """Lines for programs, without the tokens of links and the query of the address."""

    def format(self, record):
        return without_secrets(super().format(record))

    def add_fields(self, log_data, record, message_dict):
        super().add_fields(log_data, record, message_dict)
        # Django gives its own lines the whole request, which is written with its address.
        log_data.pop("request", None)


class RequestFilter(logging.Filter):
    """Adds to each record the id of the request, the id of who is signed in, and the language."""

    def filter(self, record):
        request = _current.get()
        record.request_id = getattr(request, "log_id", "-")
        record.user_id = user_id_of(request) or "-"
        if not getattr(record, "language", ""):
            record.language = get_language() if request else "-"
        return True


def user_id_of(request):
    """The id of who is signed in, where the session has been read anyway; else ``None``."""
    session = getattr(request, "session", None)
    if session is None or not session.accessed:
        return None
    return session.get(SESSION_KEY)


def current_request():
    """The request that this thread answers, or ``None``."""
    return _current.get()
