"""Reports of errors, by mail to ``ADMINS`` and to a server with Sentry's protocol.

They contain places in the code and no input of readers or editors: no message of an exception
(databases quote rows), no form, cookie, query, header or variable.
"""

import hashlib
import traceback

from django.core.cache import cache
from django.utils.log import AdminEmailHandler

from operations.monitoring.requests import current_request, path_without_secrets

#: How long nothing more is mailed about the same place in the code, in seconds.
QUIET = 60 * 60
#: The most mails sent in an hour, for all errors together.
MOST = 20


class ThrottledMailHandler(AdminEmailHandler):
    """Mails an error to ``ADMINS``: once an hour for each place, and few mails in all."""

    def emit(self, record):
        try:
            places = places_of(record)
            if not _may_send(places):
                return
            request = current_request()
            asked = f"{request.method} {path_without_secrets(request)}" if request else "-"
            name = record.exc_info[0].__name__ if record.exc_info else record.name
            lines = [asked, f"Request: {getattr(record, 'request_id', '-')}", "", *places, name]
            self.send_mail(f"{record.levelname}: {name}", "\n".join(lines))
        except Exception:
            self.handleError(record)


def places_of(record):
    """Where in the code an error was raised or logged, from the outermost call to the innermost."""
    if not record.exc_info or record.exc_info[2] is None:
        return [f"{record.pathname}:{record.lineno}"]
    frames = traceback.extract_tb(record.exc_info[2])
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def _may_send(places):
    """Whether a mail about ``places`` is due; notes that it is sent."""
    digest = hashlib.blake2b("\n".join(places).encode(), digest_size=16).hexdigest()
    if not cache.add(f"journal-error-{digest}", True, QUIET):
        return False
    cache.add("journal-errors", 0, QUIET)
    try:
        return cache.incr("journal-errors") <= MOST
    except ValueError:
        # The count has expired, or the cache is out of reach.
        return True


def start_sentry(dsn):
    """Send errors to ``dsn``; needs ``sentry-sdk``."""
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=without_texts,
    )


def without_texts(event, hint):
    """A Sentry event with the places in the code and without user input."""
    for part in ("breadcrumbs", "contexts", "extra", "logentry", "message", "user"):
        event.pop(part, None)
    for exception in event.get("exception", {}).get("values", ()):
        exception["value"] = ""
        for frame in (exception.get("stacktrace") or {}).get("frames", ()):
            frame.pop("vars", None)
    request = current_request()
    event.pop("request", None)
    if request is not None:
        event["request"] = {"method": request.method, "url": path_without_secrets(request)}
        event["transaction"] = path_without_secrets(request)
        event.setdefault("tags", {})["request_id"] = request.log_id
    return event
