"""Redirects from addresses that were live, in each language.

They are entries of ``wagtail.contrib.redirects``, where editors see and change them. Each
leads to a page, not to an address, so it can neither grow into a chain nor into a loop.
"""

import logging

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from wagtail.models import Site

logger = logging.getLogger(__name__)


def public_path(language, url_path, site_root):
    """The path a reader asks for, such as ``/fr/rubrique/titre/``; ``None`` if not routable.

    ``site_root`` is one of ``Site.get_site_root_paths()``.
    """
    try:
        with override(language):
            return reverse("wagtail_serve", args=(url_path[len(site_root.root_path) :],))
    except NoReverseMatch:
        return None


def record_moves(language, moved):
    """Create a redirect from every old address in ``moved`` to its page, in one language.

    ``moved`` holds ``(page id, old address, new address)`` of pages that were live. A redirect
    that stands at a new address and leads to the very page that now lives there is removed.
    """
    if not moved or not apps.is_installed("wagtail.contrib.redirects"):
        return
    from wagtail.contrib.redirects.models import Redirect

    for root in Site.get_site_root_paths():
        for page_id, old, new in moved:
            if new.startswith(root.root_path):
                arrived = Redirect.normalise_path(public_path(language, new, root) or "")
                Redirect.objects.filter(
                    old_path=arrived, site_id=root.site_id, redirect_page_id=page_id
                ).delete()
            if old.startswith(root.root_path):
                _record(Redirect, language, old, root, page_id)


def _record(Redirect, language, old, root, page_id):
    old_path = Redirect.normalise_path(public_path(language, old, root) or "")
    if len(old_path) > Redirect._meta.get_field("old_path").max_length:
        logger.warning("No redirect from %s: the address is too long for one.", old_path)
        return
    # Wagtail deletes redirects marked as automatic when a page with addresses of its own moves.
    Redirect.objects.update_or_create(
        old_path=old_path,
        site_id=root.site_id,
        defaults={
            "redirect_page_id": page_id,
            "redirect_link": "",
            "is_permanent": True,
            "automatically_created": False,
        },
    )


def redirect_stands_at(request):
    """Whether somebody, or a move, has put a redirect at the address of ``request``."""
    if not apps.is_installed("wagtail.contrib.redirects"):
        return False
    from wagtail.contrib.redirects.models import Redirect

    path = Redirect.normalise_path(request.path)
    return Redirect.get_for_site(Site.find_for_request(request)).filter(old_path=path).exists()
