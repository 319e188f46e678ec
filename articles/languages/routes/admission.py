"""Keeps pages from being served in languages in which they are not live.

A page type may have a ``serve`` and a ``route`` of its own, or a mixin that answers before that of
the languages does. So whether a page is live in the language of the address is checked before any
of them is called: in :mod:`diptych.articles.languages.routes.views`, and by a hook in Wagtail's own
view.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from wagtail.models import Page, PageViewRestriction

from diptych.articles.languages.config.language_config import active_language, available_language
from diptych.articles.languages.index.privacy import is_being_deleted
from diptych.articles.languages.routes.other_pages import is_for_wagtail, is_language_known
from diptych.articles.languages.routes.prefixes import language_of_path
from diptych.articles.languages.routes.redirects_followed import redirect_stands_at
from diptych.articles.languages.routes.serving import ServingMixin

#: The name of the address of Wagtail's form of a password.
PASSWORD_FORM = "wagtailcore_authenticate_with_password"  # noqa: S105 a name of an address


def answer_instead_of(page, request, kwargs):
    """The response that replaces ``page`` at the address of ``request``; ``None`` to serve it.

    ``kwargs`` are those of its route; the entries of the engine's own ``route`` are removed.
    """
    if is_being_deleted(page):
        raise Http404
    if not isinstance(page, ServingMixin):
        return None
    answer, below = kwargs.pop("answer", None), kwargs.pop("below", ())
    if is_for_wagtail(request):
        answer = "elsewhere"
    elif answer != "moved":
        answer = None
    if not page.live_languages or (answer == "elsewhere" and redirect_stands_at(request)):
        raise Http404
    if answer == "moved" and _restriction_of(page, request):
        return None  # Only who may read the page is redirected to its present address.
    instead = ServingMixin.answer_instead(page, request, answer, below)
    if instead is None and not _is_live_at(page, request):
        return _restriction_answer(page, request) or page.serve_unavailable(request)
    return instead


def answer_in_wagtails_view(page, request, args, kwargs):
    """The same by Wagtail's hook ``before_serve_page``, where its own view serves the page."""
    return None if is_language_known(request) else answer_instead_of(page, request, kwargs)


def keep_to_live_languages(request, page_id):
    """Have the form of the password of a page in a language in which the page is live.

    :exc:`Http404` where the address is in another one, or the page is live in none.
    """
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, ServingMixin):
        return
    live = page.live_languages
    if not live or (_has_language_prefix(request) and not _is_live_at(page, request)):
        raise Http404
    if active_language() not in live:
        translation.activate(page.default_language_of(live))


def _is_live_at(page, request):
    language = language_of_path(request.path_info, getattr(request, "urlconf", None))
    if language and available_language(language) is None:
        return False
    return active_language() in page.live_languages


def _has_language_prefix(request):
    return language_of_path(request.path_info, getattr(request, "urlconf", None)) is not None


def _restriction_of(page, request):
    """The first restriction that keeps who asks from reading ``page``, or ``None``."""
    restrictions = page.get_view_restrictions()
    return next((each for each in restrictions if not each.accept_request(request)), None)


def _restriction_answer(page, request):
    """The response to who may not read a private page that is not live here, else ``None``.

    They are asked to sign in. Where a password is needed it is :exc:`Http404`, as the form for it
    is in the page's languages only.
    """
    restriction = _restriction_of(page, request)
    if restriction is None:
        return None
    if restriction.restriction_type == PageViewRestriction.PASSWORD:
        raise Http404
    # It registers hooks of Wagtail's, whose order is that of the applications.
    from wagtail.wagtail_hooks import require_wagtail_login

    response = require_wagtail_login(next=request.get_full_path())
    add_never_cache_headers(response)
    return response
