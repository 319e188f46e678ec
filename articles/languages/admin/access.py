"""Access to admin views about a page in a language."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import policy_registry

from articles.languages.available import available_languages
from articles.languages.pages import LanguagePageMixin

#: Page permissions, any of which gives access.
PAGE_RIGHTS = ("add", "change", "publish")


def page_policy():
    """Wagtail's permission policy for pages, which needs no query per row."""
    return policy_registry.get_by_type(Page)


def page_in_language(request, page_id, language, is_allowed):
    """The stored page, or 404, or 403 unless ``is_allowed(user, page, language)``."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, LanguagePageMixin) or language not in available_languages():
        raise Http404
    if page.alias_of_id:
        raise Http404
    if not is_allowed(request.user, page, language):
        raise PermissionDenied
    return page


def refused_in_words(view):
    """Decorator: answer ``PermissionDenied`` in the admin language of the user.

    Wagtail handles the exception outside its views, where the language of the browser is active.
    """

    @wraps(view)
    def refusing(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            return permission_denied(request)

    return refusing
