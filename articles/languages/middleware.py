"""Responses that do not depend on the language, such as stylesheets and sitemaps.

``LocaleMiddleware`` adds ``Vary: Accept-Language`` to responses at addresses without a language
prefix, so that caches would keep one copy per browser language.
"""

from functools import wraps


def language_independent(view):
    """Decorator: mark the responses of ``view`` as language-independent."""

    @wraps(view)
    def marking(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.is_language_independent = True
        return response

    return marking


def language_independent_middleware(get_response):
    """Remove language headers from marked responses; goes before ``LocaleMiddleware``."""

    def middleware(request):
        response = get_response(request)
        if getattr(response, "is_language_independent", False):
            _forget_language(response.headers)
        return response

    return middleware


def _forget_language(headers):
    names = [name.strip() for name in headers.get("Vary", "").split(",")]
    for name in ("Content-Language", "Vary"):
        if name in headers:
            del headers[name]
    others = [name for name in names if name and name.lower() != "accept-language"]
    if others:
        headers["Vary"] = ", ".join(others)
