"""Links with which outside readers see the newest draft of a page in one language.

A link always shows the newest draft. It is valid until it expires or is revoked, and as long as its
author may edit the page in that language.
"""

import copy
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, Site

from diptych.articles.languages.config.language_config import active_language, available_languages
from diptych.articles.languages.index.privacy import is_private
from diptych.articles.languages.index.sites import absolute
from diptych.articles.languages.models import DraftLink
from diptych.articles.languages.permissions.policy import can
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.routes.hosts import root_in

#: How many days a link can be valid, and for how many it is if nothing else is chosen.
DAYS = (1, 7, 30)
USUAL_DAYS = 7
#: The most links one person can make within an hour, counted in the history of the pages.
MOST_AN_HOUR = 20

CREATION = "diptych.create_draft_link"
REVOCATION = "diptych.revoke_draft_link"

HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


class TooManyLinks(Exception):
    """The person has made as many links as they may within an hour."""


def can_share(user, page, language):
    """Whether ``user`` may show the draft of ``page`` in ``language`` to outside readers."""
    is_editor = page.permissions_for_user(user).can_edit() and can(user, "edit", language)
    return is_editor and not page.alias_of_id


def languages_to_share(user, draft):
    """The languages in which something is written in ``draft`` that ``user`` may share.

    None of a private page, which links do not show.
    """
    if is_private(draft):
        return []
    return [
        language
        for language in available_languages()
        if can_share(user, draft, language) and not draft.is_unwritten_in(language)
    ]


@transaction.atomic
def create_link(page, language, user, days):
    """Make and log a link that is valid for ``days``. Raises :exc:`TooManyLinks`."""
    # One after the other: two requests at once are counted as well.
    get_user_model()._default_manager.select_for_update().filter(pk=user.pk).first()
    hour = timezone.now() - timedelta(hours=1)
    made = PageLogEntry.objects.filter(action=CREATION, user_id=user.pk, timestamp__gt=hour)
    if made.count() >= MOST_AN_HOUR:
        raise TooManyLinks
    expires_at = timezone.now() + timedelta(days=days)
    link = DraftLink.objects.create(page=page, language=language, user=user, expires_at=expires_at)
    _log(link, CREATION, user)
    return link


@transaction.atomic
def revoke_link(link, user):
    _log(link, REVOCATION, user)
    link.delete()


def _log(link, action, user):
    data = {"language": link.language, "expires_at": link.expires_at.isoformat()}
    log(instance=link.page, action=action, user=user, data=data)


def address_of(link, page, request):
    """The absolute address of ``link``, on the site of its ``page`` if it stands on one."""
    with override(link.language):
        path = reverse("diptych_draft", args=(link.token,))
    parts, roots = page.get_url_parts(request), Site.get_site_root_paths()
    root = parts and next((each for each in roots if each.site_id == parts[0]), None)
    return f"{root_in(link.language, root).root_url}{path}" if root else absolute(path, request)


@require_safe
def show_draft(request, token):
    """Show the draft of a valid link as a visitor would see it; 404 for every other token.

    Where the draft has been published, its readers are sent to the page. A page that has become
    private is shown to nobody by a link.
    """
    links = DraftLink.objects.with_token(token).unexpired().select_related("page", "user")
    link = links.filter(language=active_language()).first()
    page = link.page.specific if link else None
    if not isinstance(page, MultilingualPageMixin) or not can_share(link.user, page, link.language):
        raise Http404
    if is_private(page):
        raise Http404
    response = _published(page, link, request) or _preview(page, link, request)
    for name, value in HEADERS.items():
        response[name] = value
    return response


def _published(page, link, request):
    """The redirect to the live ``page`` if it has the same text as the draft, or ``None``."""
    states = {row.language: row.state for row in page.language_rows}
    if states.get(link.language) != "live" or not page.is_visible_in(link.language):
        return None
    url = page.full_url_in(link.language, request)
    return HttpResponseRedirect(url) if url else None


def _preview(page, link, request):
    draft = page.get_latest_revision_as_object()
    if draft.is_unwritten_in(link.language):
        raise Http404
    with override(link.language):
        response = draft.make_preview_request(
            _of_a_visitor(request), link.language, {"draft_link": link}
        )
    # That of the simulated request is the language of an address at which the page is live.
    response["Content-Language"] = link.language
    return response


def _of_a_visitor(request):
    """``request`` without cookies and credentials: nobody sees more by a link than others do."""
    visitor = copy.copy(request)
    private = ("HTTP_COOKIE", "HTTP_AUTHORIZATION")
    visitor.META = {name: value for name, value in request.META.items() if name not in private}
    return visitor
