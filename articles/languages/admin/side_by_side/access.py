"""Which page may be translated into which language, and by whom."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.models import Page

from articles.languages.available import available_languages
from articles.languages.pages import LanguagePageMixin
from articles.languages.permissions.policy import may, may_edit_shared


def check_language(language):
    if language not in available_languages():
        raise Http404


def check_rights(user, page, language):
    """Let only those pass who may edit ``page`` and write in ``language``."""
    if not isinstance(page, LanguagePageMixin):
        raise Http404
    if not page.permissions_for_user(user).can_edit() or not may(user, "edit", language):
        raise PermissionDenied


def draft_to_translate(request, page_id, language):
    """The latest draft of a page whose translation into ``language`` the user may edit."""
    check_language(language)
    draft = get_object_or_404(Page, pk=page_id).get_latest_revision_as_object()
    check_rights(request.user, draft, language)
    if draft.alias_of_id:
        raise Http404
    return draft


def draft_of_source(request, page_id):
    """The latest draft of a page whose source the user may edit."""
    draft = get_object_or_404(Page, pk=page_id).get_latest_revision_as_object()
    if not isinstance(draft, LanguagePageMixin) or draft.alias_of_id:
        raise Http404
    check_rights(request.user, draft, draft.source_language)
    return draft


def may_switch_source(user, page, language):
    """Whether ``user`` may make ``language`` the source of ``page``."""
    return may_edit_shared(user, page) and may(user, "edit", language)


def languages_to_translate(user, page):
    """The languages into which ``user`` may translate ``page``, which they may edit."""
    return [
        language
        for language in available_languages()
        if language != page.source_language and may(user, "edit", language)
    ]
