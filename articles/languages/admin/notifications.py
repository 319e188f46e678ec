"""Notification e-mails, in the admin language of the recipient."""

import logging
from functools import partial

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin import messages
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url, get_user_display_name
from wagtail.users.models import UserProfile

logger = logging.getLogger("diptych")


def send_later(request, recipient, template, context_of, failure):
    """Send an e-mail to ``recipient`` after the transaction, unless they are the user.

    ``template`` names two files, ``<template>.txt`` and ``<template>_subject.txt``.
    ``context_of`` is called with the root URL while the language of the recipient is active. If
    sending fails, the user sees ``failure``, a message with a placeholder ``name``.
    """
    if recipient is None or recipient == request.user or not recipient.is_active:
        return
    act = partial(_send, request, recipient, template, context_of, failure)
    transaction.on_commit(act, robust=True)


def tell_of_refusal(page, languages, reason, user, **kwargs):
    """Write to whoever had set a date that ``page`` was not published. A signal receiver."""
    if user is None or not user.is_active or not user.email:
        return

    def context_of(root):
        return {
            "title": page.get_admin_display_title(),
            "language_names": type(page).names_of(languages),
            "reason": reason,
            "url": f"{root}{reverse('wagtailadmin_pages:edit', args=(page.pk,))}",
        }

    template = "diptych_languages/admin/not_published"
    act = partial(_is_sent, None, user, template, context_of)
    transaction.on_commit(act, robust=True)


def _send(request, recipient, template, context_of, failure):
    name = {"name": get_user_display_name(recipient)}
    if not recipient.email:
        messages.warning(
            request, _("%(name)s has no e-mail address and has not been notified by e-mail.") % name
        )
        return
    if not _is_sent(request, recipient, template, context_of):
        messages.warning(request, failure % name)


def _is_sent(request, recipient, template, context_of):
    """Send an e-mail, and tell whether it could be sent; if not, the error is logged."""
    try:
        subject, body = _letter(request, recipient, template, context_of)
        send_mail(subject, body, [recipient.email], fail_silently=False)
    except Exception:  # a mail server fails in many ways, and none of them may lose the work
        logger.exception("User %s could not be written to.", recipient.pk)
        return False
    return True


def _letter(request, recipient, template, context_of):
    own = request.build_absolute_uri("/") if request else ""
    root = (get_admin_base_url() or own).rstrip("/")
    with override(UserProfile.get_for_user(recipient).get_preferred_language()):
        context = {
            "recipient": recipient,
            "sender": request and request.user,
            **context_of(root),
        }
        subject = render_to_string(f"{template}_subject.txt", context)
        body = render_to_string(f"{template}.txt", context)
    return " ".join(subject.strip().splitlines()), body.strip() + "\n"
