"""Who may work with which pages, and the page and language that an address names."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import policy_registry

from articles.languages.available import available_languages
from articles.languages.pages import LanguagePageMixin

#: Rights of which any one makes a page somebody's work.
PAGE_RIGHTS = ("add", "change", "publish")


def page_policy():
    """Wagtail's policy for pages, which answers for a whole list without a query for each row."""
    return policy_registry.get_by_type(Page)


def page_in_language(request, page_id, language, is_allowed):
    """The page as it is stored, for those who pass ``is_allowed(user, page, language)``."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, LanguagePageMixin) or language not in available_languages():
        raise Http404
    if page.alias_of_id:
        raise Http404
    if not is_allowed(request.user, page, language):
        raise PermissionDenied
    return page


def refused_in_words(view):
    """Let ``view`` refuse a person in the language in which the admin speaks to them.

    Wagtail answers a refusal outside of its views, where only the browser's language is known.
    """

    @wraps(view)
    def refusing(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            return permission_denied(request)

    return refusing
