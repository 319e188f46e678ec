"""Answers that say the same in every language, as what crawlers and browsers read does.

Django's ``LocaleMiddleware`` marks all that has no language in its address as made for the
language of a browser, so that caches keep a copy for each of them.
"""

from functools import wraps


def language_independent(view):
    """Mark the answers of ``view`` as the same in every language."""

    @wraps(view)
    def marking(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.is_language_independent = True
        return response

    return marking


def language_independent_middleware(get_response):
    """Lets caches keep one copy of what is so marked; stands before ``LocaleMiddleware``."""

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
