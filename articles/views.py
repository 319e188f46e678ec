"""The root of the site and the choice of a language."""

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.models import Site
from wagtail.views import serve

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.routes.other_pages import address_of, is_asked
from diptych.articles.languages.routes.serving import ServingMixin

#: A year, in seconds.
COOKIE_AGE = 365 * 24 * 60 * 60


def entrance(request):
    """Redirect to the home page in a language it is live in.

    A home page of another type, without languages, stands here itself or at its one address.
    """
    site = Site.find_for_request(request)
    home = site.root_page.specific if site else None
    if isinstance(home, ServingMixin) and home.live_languages:
        return home.redirect_to_language(request)
    address = None if isinstance(home, ServingMixin) else home and address_of(request, home, [])
    if address is None:
        raise Http404
    if is_asked(request, address):
        return serve(request, "")
    return HttpResponseRedirect(address)


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
