"""The charset that a request declares, where Django would fail because of it."""

import codecs

from django.utils.http import parse_header_parameters

#: Methods whose requests have no body that a charset could be about.
WITHOUT_BODY = ("GET", "HEAD", "OPTIONS", "TRACE")
#: Python's names of the charsets in which forms may come.
KNOWN = ("ascii", "cp1252", "iso8859-1", "iso8859-15", "utf-8")


def with_known_charset(application):
    """A WSGI application to which no request declares a charset that forms do not have.

    Django decodes the query of an address by the charset of the body, while it makes the request,
    so before any middleware. With codecs such as rot13 and idna that fails.
    """

    def known(environ, start_response):
        content_type = environ.get("CONTENT_TYPE")
        if content_type:
            method = environ.get("REQUEST_METHOD", "").upper()
            environ = {**environ, "CONTENT_TYPE": known_content_type(content_type, method)}
        return application(environ, start_response)

    return known


def with_known_charset_async(application):
    """The same for an ASGI application."""

    async def known(scope, receive, send):
        if scope["type"] == "http":
            headers = [
                (name, _known_bytes(value, scope["method"]) if name == b"content-type" else value)
                for name, value in scope["headers"]
            ]
            scope = {**scope, "headers": headers}
        await application(scope, receive, send)

    return known


def known_content_type(content_type, method):
    """The value of the header without its charset, unless that is known and there is a body.

    Parameters that are encoded in an unknown charset themselves (RFC 2231) are removed.
    """
    try:
        kind, parameters = parse_header_parameters(content_type)
    except (LookupError, ValueError):
        return content_type.partition(";")[0]
    charset = parameters.pop("charset", None)
    if charset is None or (method not in WITHOUT_BODY and _is_known(charset)):
        return content_type
    return "; ".join([kind, *(f'{name}="{value}"' for name, value in parameters.items())])


def _known_bytes(content_type, method):
    return known_content_type(content_type.decode("latin-1"), method.upper()).encode("latin-1")


def _is_known(charset):
    try:
        return codecs.lookup(charset).name in KNOWN
    except (LookupError, ValueError):
        return False
