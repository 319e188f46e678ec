"""Addresses sign up, are confirmed, and leave."""

import logging
import re
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import override
from django_tasks import task

from articles.languages.background import on_backend
from articles.newsletter.links import confirmation_url, unsubscribe_url
from articles.newsletter.models import Subscription

logger = logging.getLogger(__name__)

#: The backend of ``TASKS`` for mails to readers.
BACKEND = "mail"
#: White space that may break a line.
SPACES = re.compile(r"[^\S\u00a0\u202f]+")


def request_subscription(newsletter, address):
    """Write to ``address``: how to confirm it, or that it gets the newsletter already.

    The same is done for every address, so that neither the answer nor the time it takes tells who
    gets the newsletter.
    """
    wanted = Subscription(newsletter=newsletter, address=address.strip().lower())
    Subscription.objects.bulk_create(
        [wanted],
        update_conflicts=True,
        unique_fields=["newsletter", "address"],
        update_fields=["requested_at"],
    )
    on_backend(write_to_subscriber, BACKEND).enqueue(wanted.pk)


@task()
def write_to_subscriber(pk):
    """Send the mail to one address, if it has not left meanwhile."""
    subscription = Subscription.objects.select_related("newsletter__site").filter(pk=pk).first()
    if subscription is None:
        return
    kind = "subscribed" if subscription.gets_it else "confirm"
    try:
        with override(subscription.newsletter.language):
            message(subscription, kind).send()
    except Exception as error:  # a mail server fails in many ways
        # Its words may name the address, which is in no log; who gets no mail signs up again.
        logger.warning("Subscription %d was not written to: %s", pk, type(error).__name__)


def message(subscription, kind):
    """The mail of ``kind`` to the address of ``subscription``."""
    newsletter = subscription.newsletter
    context = {
        "newsletter": newsletter,
        "confirm": confirmation_url(subscription),
        "unsubscribe": unsubscribe_url(subscription),
    }
    template = f"diptych/mail/{kind}"
    subject = render_to_string(f"{template}_subject.txt", context)
    mail = EmailMultiAlternatives(
        in_one_line(subject),
        render_to_string(f"{template}.txt", context),
        sender(newsletter),
        [subscription.address],
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return mail


def in_one_line(text):
    """``text`` as a header may have it, with its no-break spaces."""
    return SPACES.sub(" ", text).strip()


def sender(newsletter):
    """The header “From” of mails of ``newsletter``."""
    name = in_one_line(newsletter.sender_name or newsletter.name)
    given = newsletter.sender_address or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    person, at, host = given.rpartition("@")
    return formataddr((name, f"{person}{at}{host.encode('idna').decode('ascii')}"))


def confirm(subscription):
    """Let the address get the newsletter; a second time changes nothing."""
    confirmed_at = Coalesce("confirmed_at", now())
    found = Subscription.objects.filter(pk=subscription.pk)
    found.update(confirmed_at=confirmed_at, bounced_at=None)


def record_bounce(address):
    """Send nothing more to ``address``, as a mail service said that nothing reaches it.

    For the webhooks of a service; returns how many subscriptions it concerns. Signing up and
    confirming again undoes it.
    """
    bounced = Subscription.objects.with_address(address).filter(bounced_at=None)
    return bounced.update(bounced_at=now())
