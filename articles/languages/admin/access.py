"""Access to admin views about a page in a language."""

from functools import wraps

from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import policy_registry

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.index.privacy import is_being_deleted
from diptych.articles.languages.permissions.policy import can, can_edit_shared
from diptych.articles.languages.publication.pages import MultilingualPageMixin

#: Page permissions, any of which gives access.
PAGE_PERMISSIONS = ("add", "change", "publish")
#: Page permissions, any of which makes a page explorable.
EXPLORING = frozenset({*PAGE_PERMISSIONS, "bulk_delete", "lock", "unlock"})


def page_policy():
    """Wagtail's permission policy for pages, which needs no query per row."""
    return policy_registry.get_by_type(Page)


def has_all_pages(user, actions=EXPLORING):
    """Whether ``user`` may do one of ``actions`` on every page.

    A list then compares no page with those of the user, which takes long among many.
    """
    if not user.is_active or user.is_superuser:
        return user.is_active
    names = {get_permission_codename(action, Page._meta) for action in actions}
    permissions = page_policy().get_cached_permissions_for_user(user)
    return any(each.page.is_root() and each.permission.codename in names for each in permissions)


def parents_for(user, model):
    """The pages of type ``model`` below which ``user`` may add pages, in the order of the tree."""
    allowed = page_policy().instances_user_has_permission_for(user, "add")
    pages = model.objects.filter(pk__in=allowed.values("pk"), alias_of=None)
    return [
        page for page in pages.order_by("path") if page.permissions_for_user(user).can_add_subpage()
    ]


def page_in_language(request, page_id, language, is_allowed):
    """The stored page, or 404, or 403 unless ``is_allowed(user, page, language)``."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, MultilingualPageMixin) or language not in available_languages():
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


def tell_if_being_deleted(request, *pages):
    """Whether one of ``pages``, of their own types, is being deleted; a message says so."""
    if not any(is_being_deleted(page) for page in pages):
        return False
    messages.error(request, _("These pages are being deleted."))
    return True


def check_language(language):
    if language not in available_languages():
        raise Http404


def check_permissions(user, page, language):
    """Let only those pass who may edit ``page`` and write in ``language``."""
    if not isinstance(page, MultilingualPageMixin):
        raise Http404
    if not page.permissions_for_user(user).can_edit() or not can(user, "edit", language):
        raise PermissionDenied


def draft_to_translate(request, page_id, language):
    """The latest draft of a page whose translation into ``language`` the user may edit."""
    check_language(language)
    draft = get_object_or_404(Page, pk=page_id).get_latest_revision_as_object()
    check_permissions(request.user, draft, language)
    if draft.alias_of_id:
        raise Http404
    return draft


def draft_of_source(request, page_id):
    """The latest draft of a page whose source the user may edit."""
    draft = get_object_or_404(Page, pk=page_id).get_latest_revision_as_object()
    if not isinstance(draft, MultilingualPageMixin) or draft.alias_of_id:
        raise Http404
    check_permissions(request.user, draft, draft.source_language)
    return draft


def can_switch_source(user, page, language):
    """Whether ``user`` may make ``language`` the source of ``page``."""
    return can_edit_shared(user, page) and can(user, "edit", language)


def languages_to_translate(user, page):
    """The languages into which ``user`` may translate ``page``, which they may edit."""
    return [
        language
        for language in available_languages()
        if language != page.source_language and can(user, "edit", language)
    ]
