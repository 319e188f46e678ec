"""Tell people of something, in the admin and by e-mail, in their admin language."""

import logging

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin import messages
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url, get_user_display_name
from wagtail.users.models import UserProfile

from diptych.articles.languages.config.background import after_commit
from diptych.articles.languages.models import Notification

logger = logging.getLogger("diptych")


def notify(recipient, template, context_of, request=None, failure="", preference=""):
    """Store a notification for ``recipient``, and send it by e-mail after the transaction.

    Nobody is notified of their own actions, nor where their ``preference`` is off, the name of a
    field of Wagtail's ``UserProfile``, such as ``"approved_notifications"``.

    ``template`` names two files, ``<template>.txt`` and ``<template>_subject.txt``. ``context_of``
    is called with the root URL while the language of the recipient is active; its ``url`` is the
    view to open, its ``summary``, or else its ``comment``, is kept with the notification. If the
    e-mail cannot be sent, the user sees ``failure``, a message with a placeholder ``name``.
    """
    sender = request.user if request else None
    if recipient is None or recipient == sender or not recipient.is_active:
        return
    profile = UserProfile.get_for_user(recipient)
    if preference and not getattr(profile, preference):
        return
    with override(profile.get_preferred_language()):
        context = {"recipient": recipient, "sender": sender, **context_of("")}
        Notification.objects.create(
            recipient=recipient,
            sender=sender,
            subject=_subject(template, context),
            text=context.get("summary", context.get("comment", "")),
            url=context["url"],
        )
    after_commit(_send, recipient, template, context_of, request, failure)


def notify_refusal(page, languages, reason, user, **kwargs):
    """Notify the user who had set a date that ``page`` was not published. A signal receiver."""

    def context_of(root):
        return {
            "title": page.get_admin_display_title(),
            "language_names": type(page).names_of(languages),
            "comment": reason,
            "url": f"{root}{reverse('wagtailadmin_pages:edit', args=(page.pk,))}",
        }

    notify(user, "diptych_languages/admin/notifications/not_published", context_of)


def _send(recipient, template, context_of, request, failure):
    name = {"name": get_user_display_name(recipient)}
    if not recipient.email:
        if failure:
            message = _("%(name)s has no e-mail address and has not been notified by e-mail.")
            messages.warning(request, message % name)
    elif not _is_sent(recipient, template, context_of, request) and failure:
        messages.warning(request, failure % name)


def _is_sent(recipient, template, context_of, request):
    """Send an e-mail; return whether it was sent. An error is logged."""
    try:
        subject, body = _letter(recipient, template, context_of, request)
        send_mail(subject, body, [recipient.email], fail_silently=False)
    except Exception:  # a mail server fails in many ways, and none of them may lose the work
        logger.exception("User %s could not be written to.", recipient.pk)
        return False
    return True


def _letter(recipient, template, context_of, request):
    own = request.build_absolute_uri("/") if request else ""
    root = (get_admin_base_url() or own).rstrip("/")
    with override(UserProfile.get_for_user(recipient).get_preferred_language()):
        context = {
            "recipient": recipient,
            "sender": request and request.user,
            **context_of(root),
        }
        body = render_to_string(f"{template}.txt", context)
        return _subject(template, context), body.strip() + "\n"


def _subject(template, context):
    return " ".join(render_to_string(f"{template}_subject.txt", context).strip().splitlines())
