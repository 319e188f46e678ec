"""The language of a request, and responses that depend on none, such as sitemaps."""

from functools import wraps

from django.conf import settings
from django.core.handlers.exception import response_for_exception
from django.http import Http404
from django.http.request import split_domain_port
from django.middleware import locale
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path

from diptych.articles.languages.config.language_config import available_language
from diptych.articles.languages.index.sites import site_of
from diptych.articles.languages.routes.admission import PASSWORD_FORM, keep_to_live_languages
from diptych.articles.languages.routes.hosts import (
    language_hosts,
    language_of_host,
    language_of_root,
    root_in,
    set_language_asked,
)
from diptych.articles.languages.routes.other_pages import redirect_permanently
from diptych.articles.languages.routes.prefixes import (
    PAGE,
    are_prefixes_used,
    language_of_path,
    prefix_of,
)
from diptych.articles.languages.routes.public_urls import root_of
from diptych.articles.languages.routes.redirects_followed import (
    address_in_its_language,
    redirect_to_page,
)
from diptych.articles.languages.routes.views import answers_at

#: The names of the addresses at which any page may stand: the engine's own, and Wagtail's.
PAGES = ("wagtail_serve", PAGE)


class LocaleMiddleware(locale.LocaleMiddleware):
    """Django's, for hosts that have other views and pages beside those in several languages.

    A path begins with a language only if its whole first part is one: ``/en-voyage/`` is no English
    address. A 404 redirects to the same path below a language only if a page or a view answers
    there; a 404 of the host's own views is returned unchanged. Answers without a prefix in the
    default language do not vary with ``Accept-Language``.
    """

    def process_request(self, request):
        host_language = language_of_host(request.get_host()) if language_hosts() else None
        set_language_asked(host_language)
        if language_hosts() and (address := _address_on_other_host(request, host_language)):
            return redirect_permanently(request, address)
        language = getattr(request, "diptych_preview_language", None) or language_of_path(
            request.path_info, _urlconf_of(request)
        )
        translation.activate(language or translation.get_language_from_request(request))
        request.LANGUAGE_CODE = translation.get_language()

    def process_view(self, request, view, args, kwargs):
        """Wagtail's form of a password has the address that the host gives it, prefixed or not."""
        match = request.resolver_match
        if match.view_name == PASSWORD_FORM:
            keep_to_live_languages(request, match.captured_kwargs["page_id"])

    def process_response(self, request, response):
        language = translation.get_language()
        match = request.resolver_match
        is_of_page = match is None or match.view_name in PAGES
        if is_of_page and (redirect := redirect_to_page(request, response)):
            if not redirect.redirect_page.live:
                # There is nothing to read for them, and its address would reveal its subject.
                response = response_for_exception(request, Http404())
            elif address := address_in_its_language(redirect, request):
                response.headers["Location"] = address
        if language_of_path(request.path_info, _urlconf_of(request)) is None:
            if response.status_code == 404 and (address := _address_below(language, request)):
                response = self.response_redirect_class(address)
                patch_vary_headers(response, ("Accept-Language", "Cookie"))
                return response
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", language)
        return response


def _address_on_other_host(request, host_language):
    """The URL of ``request`` on the host of its prefix's language, if that is another one.

    ``None`` where host and prefix agree, and on hosts that belong to no site.
    """
    prefix = prefix_of(request.path_info)
    language = available_language(prefix)
    site = site_of(request) if language else None
    if site is None or request.method not in ("GET", "HEAD"):
        return None
    if host_language is None and site.hostname != split_domain_port(request.get_host())[0]:
        return None
    own, has_host = root_of(site), language in language_hosts()
    root = root_in(language, own)
    if (root == own and not has_host) or (has_host and language_of_root(root) != language):
        return None
    path = request.path_info.removeprefix(f"/{prefix}") if has_host else request.path_info
    start = get_script_prefix().rstrip("/")
    return f"{root.root_url}{start}{escape_uri_path(path)}"


def _urlconf_of(request):
    return getattr(request, "urlconf", None) or settings.ROOT_URLCONF


def _address_below(language, request):
    """The address of ``request`` with the prefix of ``language``, if something answers there."""
    found = request.resolver_match
    urlconf = _urlconf_of(request)
    if (found and found.url_name not in PAGES) or not are_prefixes_used(urlconf):
        return None
    path = f"/{language}{request.path_info}"
    needs_slash = settings.APPEND_SLASH and not path.endswith("/")
    try:
        match = resolve(f"{path}/" if needs_slash else path, urlconf)
    except Resolver404:
        return None
    if match.url_name in PAGES and not answers_at(request, *match.args, **match.kwargs):
        return None
    start = get_script_prefix()
    address = request.get_full_path(force_append_slash=needs_slash)
    return address.replace(start, f"{start}{language}/", 1)


def language_independent(view):
    """Decorator: mark the responses of ``view`` as language-independent.

    ``LocaleMiddleware`` adds ``Vary: Accept-Language`` to responses at addresses without a
    language, so that caches would keep one copy for the languages of each browser.
    """

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
