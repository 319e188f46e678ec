"""Addresses sign up, are confirmed, and leave."""

import logging
import re
import smtplib
from datetime import timedelta
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import override
from django_tasks import task

from diptych.articles.languages.config.background import after_commit, on_backend
from diptych.articles.newsletter.links import confirmation_url, unsubscribe_url
from diptych.articles.newsletter.models import Subscription

logger = logging.getLogger(__name__)

#: The backend of ``TASKS`` for mails to readers.
BACKEND = "mail"
#: The first pause after a mail that could not be sent; each that follows is twice as long.
PAUSE = timedelta(minutes=5)
#: Answers that are sent at a time by the timer.
MOST = 200
#: White space that may break a line.
SPACES = re.compile(r"[^\S\u00a0\u202f]+")


def request_subscription(newsletter, address):
    """Mail a confirmation link to ``address``, or that it is subscribed already.

    The same is done for every address, so that neither the answer nor the time it takes tells who
    gets the newsletter.
    """
    moment = now()
    wanted = Subscription(
        newsletter=newsletter,
        address=address.strip().lower(),
        requested_at=moment,
        mail_due_at=moment,
    )
    Subscription.objects.bulk_create(
        [wanted],
        update_conflicts=True,
        unique_fields=["newsletter", "address"],
        update_fields=["requested_at", "mail_due_at"],
    )
    after_commit(on_backend(write_to_subscriber, BACKEND).enqueue, wanted.pk)


@task()
def write_to_subscriber(pk):
    """Send the mail to one subscriber, unless it was sent or the subscription deleted meanwhile."""
    _answer(pk)


def answer_waiting():
    """Send the mails that could not be queued or sent before, until one fails. For a timer."""
    for pk in list(Subscription.objects.unanswered().values_list("pk", flat=True)[:MOST]):
        if not _answer(pk):
            return


def _answer(pk):
    """Send the mail that is due to one subscriber; returns whether another can be sent now."""
    found = Subscription.objects.unanswered().select_related("newsletter__site")
    subscription = found.filter(pk=pk).first()
    if subscription is None:
        return True
    # It is claimed by the time at which it is tried again, should this process end here.
    again = now() + max(PAUSE, now() - subscription.requested_at)
    if not _postpone(subscription, again):
        return True
    kind = "subscribed" if subscription.gets_it else "confirm"
    try:
        with override(subscription.newsletter.language):
            message(subscription, kind).send()
    except Exception as error:  # a mail server fails in many ways
        # The error may contain the address, which must not be logged.
        logger.warning("Subscription %d was not written to: %s", pk, type(error).__name__)
        if not _is_refusal(error):
            return False
    _postpone(subscription, None)
    return True


def _postpone(subscription, moment):
    """Set when the mail is due; returns whether the value was unchanged since it was read."""
    found = Subscription.objects.filter(pk=subscription.pk, mail_due_at=subscription.mail_due_at)
    subscription.mail_due_at = moment
    return bool(found.update(mail_due_at=moment))


def _is_refusal(error):
    """Whether the error is permanent."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _said in error.recipients.values())
    return isinstance(error, ValueError)  # an address or a header that Django does not send


def message(subscription, kind):
    """The mail of ``kind`` to the subscriber of ``subscription``."""
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
    """Confirm the subscription; confirming twice has no effect."""
    confirmed_at = Coalesce("confirmed_at", now())
    found = Subscription.objects.filter(pk=subscription.pk)
    found.update(confirmed_at=confirmed_at, bounced_at=None)


def record_bounce(address):
    """Send no more mails to ``address``, as a mail service reported a bounce.

    Called by webhooks of a service; returns the number of affected subscriptions. Subscribing and
    confirming again undoes it.
    """
    bounced = Subscription.objects.with_address(address).filter(bounced_at=None)
    return bounced.update(bounced_at=now())
