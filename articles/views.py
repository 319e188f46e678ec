"""The root of the site and the choice of a language."""

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_request
from wagtail.models import Site

from articles.languages.available import available_language, available_languages

#: A year, in seconds.
COOKIE_AGE = 365 * 24 * 60 * 60


def entrance(request):
    """Redirect to the home page in a language it is live in.

    The language they chose comes first, then the first one of their browser's that fits, then
    the site's default.
    """
    site = Site.find_for_request(request)
    home = site.root_page.specific if site else None
    live = getattr(home, "live_languages", [])
    if not live:
        raise Http404
    preferred = available_language(get_language_from_request(request))
    language = preferred if preferred in live else live[0]
    response = redirect(home.url_in(language, request))
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def choose_language(request, language):
    """Remember the language a reader chooses, then go where ``?next=`` says.

    The pages themselves set no cookie, so that they can be kept by any cache.
    """
    if language not in available_languages():
        raise Http404
    target = request.GET.get("next", "")
    allowed = target.startswith("/") and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(target if allowed else reverse("diptych_entrance"))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=COOKIE_AGE,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return response
