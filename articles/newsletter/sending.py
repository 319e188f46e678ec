"""Send issues: each mail at most once, despite interruptions and concurrent processes.

A mail is claimed in the database before it is handed to the mail server, and marked afterwards. A
mail that was claimed but not marked, as the process ended in between, is reported and not resent
automatically.
"""

import logging
import smtplib
import time
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop
from django_tasks import task

from diptych.articles.languages.config.background import after_commit, on_backend
from diptych.articles.newsletter.composing import compose, newest
from diptych.articles.newsletter.links import unsubscribe_url
from diptych.articles.newsletter.models import Delivery, Issue, IssueArticle, Subscription
from diptych.articles.newsletter.subscribing import answer_waiting, sender

logger = logging.getLogger(__name__)

#: The backend of ``TASKS`` for this work.
BACKEND = "newsletter"
#: Mails sent per connection; the live articles are read once for them.
BATCH = 50
#: Seconds for which one task sends; another task, queued behind waiting ones, continues.
LONGEST = 60
#: A claim so old is that of a process that has ended.
SILENCE = timedelta(minutes=15)
#: So long an issue that is sent at once can still be called off.
RETRACTABLE = timedelta(minutes=1)
#: The pause after each time that the mail server puts a mail off; then it counts as refused.
PAUSES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
#: The SMTP code with which a mail server closes the connection.
CLOSING = 421
#: Reasons why an issue is not sent; translated where they are shown.
NOTHING = gettext_noop("There is nothing to send: no article is live in this language.")
NOBODY = gettext_noop("It cannot be sent: nobody subscribes to this newsletter yet.")
#: Rows that are written at a time.
ROWS = 1000

State = Issue.State


class NotSendable(Exception):
    """Raised for an issue without subscribers or content; its text is the reason."""


def send_in_a_minute(issue):
    """Schedule an issue for the end of the time to cancel it; returns whether it was a draft.

    The time is stored, so that the timer sends the issue if the process ends before.
    """
    _require_sendable(issue)
    if not schedule(issue, now() + RETRACTABLE):
        return False
    work = on_backend(send_on, BACKEND)
    if work.get_backend().supports_defer:
        after_commit(work.using(run_after=issue.send_at).enqueue, issue.pk)
    return True


def schedule(issue, moment):
    """Store the time of sending; returns whether sending had not begun."""
    states = (State.DRAFT, State.SCHEDULED)
    return Issue.objects.move(issue, states, State.SCHEDULED, send_at=moment, error="")


def can_be_called_off(issue):
    """Whether an issue is about to be sent, within the time in which that can be called off."""
    return issue.state == State.SCHEDULED and issue.send_at <= now() + RETRACTABLE


def obstacle(issue):
    """The untranslated reason why an issue cannot be sent now, or an empty string."""
    if not compose(issue).articles and not issue.introduction.strip():
        return NOTHING
    return "" if issue.newsletter.subscriptions.confirmed().exists() else NOBODY


def _require_sendable(issue):
    if found := obstacle(issue):
        raise NotSendable(found)


def begin(issue):
    """Store the articles and the subscribers of an issue that is due.

    Returns whether it was begun; does nothing if another process has begun it or a user has
    cancelled it.
    """
    _require_sendable(issue)
    with transaction.atomic():
        if not _begin(issue):
            return False
        if not issue.articles.exists():
            IssueArticle.objects.bulk_create(
                IssueArticle(issue=issue, article_id=pk, sort_order=number)
                for number, pk in enumerate(newest(issue))
            )
        readers = issue.newsletter.subscriptions.confirmed().order_by("pk")
        Delivery.objects.bulk_create(
            (
                Delivery(issue=issue, subscription_id=pk)
                for pk in readers.values_list("pk", flat=True)
            ),
            batch_size=ROWS,
        )
    return True


def _begin(issue):
    due = Issue.objects.filter(send_at__lte=now())
    return due.move(issue, [State.SCHEDULED], State.SENDING, started_at=now(), error="")


def enqueue(issue):
    """Have an issue sent, or sent on, in the background."""
    after_commit(on_backend(send_on, BACKEND).enqueue, issue.pk)


@task()
def send_on(pk):
    """Send an issue that is due, or its remaining mails, unless it was stopped."""
    issue = Issue.objects.under_way().select_related("newsletter__site").filter(pk=pk).first()
    if issue is not None and _go_on(issue, seconds=LONGEST):
        enqueue(issue)


def send_due():
    """Send issues that are due or were interrupted and return them; called by a timer."""
    Subscription.objects.expired().delete()
    answer_waiting()
    issues = list(Issue.objects.under_way().select_related("newsletter__site"))
    for issue in issues:
        try:
            _go_on(issue)
        except Exception as error:  # the next newsletter may not have the same error
            logger.exception("Issue %d of a newsletter could not be sent", issue.pk)
            _note(issue, error)
        issue.refresh_from_db()
    return issues


def _go_on(issue, **limits):
    """Begin an issue that is due, and deliver it as :func:`deliver` does."""
    if issue.state == State.SCHEDULED:
        try:
            begin(issue)
        except NotSendable as reason:
            values = {"send_at": None, "error": str(reason)}
            Issue.objects.move(issue, [State.SCHEDULED], State.DRAFT, **values)
    return deliver(issue, **limits)


def deliver(issue, seconds=float("inf")):
    """Send the mails of ``issue`` that are left, in batches, until the mail server fails.

    Returns whether some are left only as the ``seconds`` were over.
    """
    report_interrupted(issue)
    end = time.monotonic() + seconds
    while Issue.objects.filter(pk=issue.pk, state=State.SENDING).exists():
        waiting = list(issue.deliveries.waiting().values_list("pk", flat=True)[:BATCH])
        if not waiting:
            _finish(issue)
            return False
        if not _send_batch(issue, waiting):
            return False
        if time.monotonic() > end:
            return True
    return False


def report_interrupted(issue):
    """Mark the mails that a process had claimed when it ended; they may have arrived."""
    old = issue.deliveries.filter(state=Delivery.State.SENDING, claimed_at__lt=now() - SILENCE)
    old.update(state=Delivery.State.UNKNOWN)


def _finish(issue):
    open_states = (Delivery.State.WAITING, Delivery.State.SENDING)
    if not issue.deliveries.filter(state__in=open_states).exists():
        Issue.objects.move(issue, [State.SENDING], State.SENT, finished_at=now(), error="")


def _send_batch(issue, waiting):
    """Send some mails by one connection; whether the mail server goes on taking them."""
    rendered = compose(issue)
    if not rendered.articles and not issue.introduction.strip():
        Issue.objects.move(issue, [State.SENDING], State.STOPPED, error=NOTHING)
        return False
    connection = backend()
    try:
        connection.open()
    except Exception as error:  # a mail server fails in many ways
        _note(issue, error)
        return False
    try:
        return all(_send(issue, rendered, pk, connection) for pk in waiting)
    finally:
        _close(connection)


def backend():
    """A connection of the backend that sends issues."""
    return get_connection(getattr(settings, "DIPTYCH_NEWSLETTER_BACKEND", settings.EMAIL_BACKEND))


def _close(connection):
    try:
        connection.close()
    except Exception as error:
        logger.warning("The connection to the mail server could not be closed: %r", type(error))


def _send(issue, rendered, pk, connection):
    """Send one mail unless another process does; returns whether the connection is usable."""
    if not Delivery.objects.claim(pk):
        return True
    delivery = Delivery.objects.select_related("subscription").get(pk=pk)
    subscription = delivery.subscription
    if subscription is None or not subscription.gets_it:
        return _mark(delivery, Delivery.State.LEFT)
    subscription.newsletter = issue.newsletter
    try:
        message(rendered, subscription, connection, f"{issue.pk}.{pk}").send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        return _refused(issue, delivery, error)
    except ValueError as error:  # an address or a header that Django does not send
        return _mark(delivery, Delivery.State.REFUSED, error=_in_words(error, subscription.address))
    except Exception as error:
        # The mail server may or may not have accepted it.
        _mark(delivery, Delivery.State.UNKNOWN, error=_in_words(error, subscription.address))
        _note(issue, error, subscription.address)
        return False
    return _mark(delivery, Delivery.State.SENT)


def message(rendered, subscription, connection=None, number=""):
    """The mail with ``rendered`` to one subscriber; ``number`` is the same when it is resent."""
    newsletter, unsubscribe = subscription.newsletter, unsubscribe_url(subscription)
    host = newsletter.site.hostname
    # Without a number each gets one of its own, or mail programs would show but the first.
    identifier = {"Message-ID": f"<newsletter.{number}@{host}>"} if number else {}
    mail = EmailMultiAlternatives(
        rendered.subject,
        rendered.text_for(unsubscribe),
        sender(newsletter),
        [subscription.address],
        headers={
            "List-Id": f"<newsletter-{newsletter.language}.{host}>",
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            **identifier,
        },
        connection=connection,
    )
    mail.attach_alternative(rendered.html_for(unsubscribe), "text/html")
    return mail


def _refused(issue, delivery, error):
    """Record a refusal by the mail server: permanent, temporary, or of the site itself.

    Returns whether the connection is usable for another mail.
    """
    codes, address = [getattr(error, "smtp_code", 0)], delivery.subscription.address
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _said in error.recipients.values()]
    elif isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPAuthenticationError):
        _mark(delivery, Delivery.State.WAITING)
        _note(issue, error, address)
        return False
    values = {"attempts": delivery.attempts + 1, "error": _in_words(error, address)}
    if any(code >= 500 for code in codes) or values["attempts"] > len(PAUSES):
        _mark(delivery, Delivery.State.REFUSED, **values)
    else:
        due = now() + PAUSES[delivery.attempts]
        _mark(delivery, Delivery.State.WAITING, due_at=due, **values)
    if CLOSING in codes:
        _note(issue, error, address)
        return False
    return True


def _mark(delivery, state, **values):
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **values)
    return True


def _note(issue, error, address=""):
    """Store the answer of the mail server; the timer retries."""
    logger.warning("Issue %d of a newsletter waits: %s", issue.pk, type(error).__name__)
    Issue.objects.filter(pk=issue.pk).update(error=_in_words(error, address))


def _in_words(error, address=""):
    """The answer of the mail server, without the address."""
    words = f"{type(error).__name__}: {error}"
    return (words.replace(address, "…") if address else words)[:500]
