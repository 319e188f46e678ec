"""Tell a translator by mail what was given to them, in their language."""

import logging
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.admin import messages
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url, get_user_display_name
from wagtail.users.models import UserProfile

from articles.desk.translations.addresses import desk_url, translating_url
from articles.languages.available import translated_language_name

logger = logging.getLogger("diptych")

TEMPLATE = "diptych/admin/translations/mail.txt"
SUBJECT_TEMPLATE = "diptych/admin/translations/mail_subject.txt"


@dataclass(frozen=True)
class Order:
    """A translation that was given to somebody."""

    page: object
    language: str
    words: int


def tell_later(request, translator, orders, due_date=None, comment=""):
    """Write to ``translator`` once the assignments are stored, unless they made them themselves.

    A mail that cannot be sent undoes nothing; the person assigning is told.
    """
    if translator is not None and translator != request.user and orders:
        act = partial(_tell, request, translator, orders, due_date, comment)
        transaction.on_commit(act, robust=True)


def _tell(request, translator, orders, due_date, comment):
    name = {"name": get_user_display_name(translator)}
    if not translator.email:
        messages.warning(
            request, _("%(name)s has no e-mail address and has not been told by mail.") % name
        )
        return
    try:
        subject, body = _letter(request, translator, orders, due_date, comment)
        send_mail(subject, body, [translator.email], fail_silently=False)
    except Exception:  # a mail server fails in many ways, and none of them may lose the work
        logger.exception("An assignment could not be mailed to user %s.", translator.pk)
        messages.warning(
            request, _("The assignment is stored, but %(name)s could not be told by mail.") % name
        )


def _letter(request, translator, orders, due_date, comment):
    """The subject and the text, in the language the translator has chosen for the admin."""
    root = get_admin_base_url() or request.build_absolute_uri("/")
    root = root.rstrip("/")
    with override(UserProfile.get_for_user(translator).get_preferred_language()):
        context = {
            "translator": translator,
            "sender": request.user,
            "orders": [_described(order, root) for order in orders],
            "due_date": due_date,
            "comment": comment,
            "desk_url": f"{root}{desk_url()}?claimed=me",
        }
        subject = render_to_string(SUBJECT_TEMPLATE, context)
        return " ".join(subject.splitlines()).strip(), render_to_string(
            TEMPLATE, context
        ).strip() + "\n"


def _described(order, root):
    words = ngettext("%(count)s word", "%(count)s words", order.words) % {"count": order.words}
    return {
        "title": order.page.get_admin_display_title(),
        "language": translated_language_name(order.language),
        "words": words if order.words else "",
        "url": f"{root}{translating_url(order.page.pk, order.language)}",
    }
