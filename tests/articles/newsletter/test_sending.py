"""Issues are sent once to each address, whatever fails or is done twice."""

import smtplib
import socket
from contextlib import closing
from datetime import timedelta
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client, TestCase
from django.utils.timezone import now

from diptych.articles.newsletter import sending
from diptych.articles.newsletter.models import Delivery, Issue, Subscription
from tests.articles.newsletter.mailbox import running_mailbox
from tests.factories import make_article

ADDRESSES = [f"reader-{number}@example.org" for number in range(5)]
STATES = Delivery.State


class Failing(EmailBackend):
    """A mail server that answers ``errors`` to some addresses, and refuses all with ``closed``."""

    errors = {}
    closed = None

    def open(self):
        if self.closed:
            raise self.closed

    def send_messages(self, messages):
        for message in messages:
            if error := self.errors.get(message.to[0]):
                raise error
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch):
    settings.DIPTYCH_NEWSLETTER_BACKEND = f"{__name__}.Failing"
    monkeypatch.setattr(Failing, "errors", {})
    monkeypatch.setattr(Failing, "closed", None)
    return Failing


@pytest.fixture
def issue(journal, newsletters, subscribe, make_issue, server):
    subscribe(newsletters["fr"], *ADDRESSES)
    subscribe(newsletters["en"], "english@example.org")
    newsletters["fr"].subscriptions.create(address="unconfirmed@example.org")
    return make_issue(make_article(journal))


def sent_to():
    return [address for message in mail.outbox for address in message.to]


def start(issue):
    """Have an issue sent in the background, once its minute is over; whether nobody had."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        is_scheduled = sending.send_in_a_minute(issue)
        Issue.objects.filter(pk=issue.pk).update(send_at=now())
        sending.enqueue(issue)
    return is_scheduled


def states(issue):
    return {state: number for state, number in issue.deliveries.counts().items() if number}


def send_again():
    said = StringIO()
    call_command("diptych_send_newsletter", stdout=said)
    return said.getvalue()


def test_each_confirmed_address_of_the_language_gets_it_once(issue):
    assert start(issue)
    assert not start(Issue.objects.get(pk=issue.pk)), "A second click sends nothing."
    send_again()
    assert sent_to() == ADDRESSES
    issue.refresh_from_db()
    assert (issue.state, states(issue)) == (Issue.State.SENT, {STATES.SENT: 5})


def test_a_mail_program_unsubscribes_by_its_headers(issue):
    start(issue)
    message = mail.outbox[0]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert address in message.body and address in message.alternatives[0][0]
    answer = Client(enforce_csrf_checks=True).post(
        urlsplit(address).path, {"List-Unsubscribe": "One-Click"}
    )
    assert answer.status_code == 200
    assert not Subscription.objects.filter(address=message.to[0]).exists()
    assert states(issue) == {STATES.SENT: 5}, "What was sent stays counted."


def test_a_mail_server_that_is_away_loses_and_repeats_nothing(issue, server):
    server.closed = TimeoutError("timed out")
    start(issue)
    issue.refresh_from_db()
    assert (issue.state, states(issue)) == (Issue.State.SENDING, {STATES.WAITING: 5})
    assert "timed out" in issue.error and "timed out" in send_again()
    server.closed = None
    assert "5" in send_again()
    assert sent_to() == ADDRESSES
    assert Issue.objects.get().error == "" and send_again() == ""


def test_a_refused_address_is_listed_without_the_address_in_the_error(issue, server):
    refused = {ADDRESSES[1]: (550, f"No such user {ADDRESSES[1]}".encode())}
    server.errors = {ADDRESSES[1]: smtplib.SMTPRecipientsRefused(refused)}
    start(issue)
    delivery = issue.deliveries.get(state=STATES.REFUSED)
    assert delivery.subscription.address == ADDRESSES[1]
    assert "No such user" in delivery.error and ADDRESSES[1] not in delivery.error
    issue.refresh_from_db()
    assert (issue.state, len(sent_to())) == (Issue.State.SENT, 4)


def test_a_mail_that_is_put_off_is_tried_again_later(issue, server):
    server.errors = {ADDRESSES[0]: smtplib.SMTPDataError(451, b"Try again later")}
    start(issue)
    assert states(issue) == {STATES.WAITING: 1, STATES.SENT: 4}
    send_again()
    assert len(sent_to()) == 4, "Not before its time."
    for _pause in sending.PAUSES:
        issue.deliveries.update(due_at=now())
        send_again()
    assert states(issue) == {STATES.REFUSED: 1, STATES.SENT: 4}


def test_a_mail_that_broke_off_is_uncertain_and_not_repeated(issue, server):
    server.errors = {ADDRESSES[2]: smtplib.SMTPServerDisconnected("Connection unexpectedly closed")}
    start(issue)
    assert states(issue) == {STATES.UNKNOWN: 1, STATES.SENT: 2, STATES.WAITING: 2}
    server.errors = {}
    send_again()
    assert sorted(sent_to()) == sorted({*ADDRESSES} - {ADDRESSES[2]})
    issue.refresh_from_db()
    assert (issue.state, states(issue)[STATES.UNKNOWN]) == (Issue.State.SENT, 1)


@pytest.mark.parametrize("command", [b"RCPT", b"DATA"])
def test_the_mails_after_a_closed_connection_wait_for_another(issue, settings, command):
    """A mail server may close the connection with a 421, at any command."""
    settings.DIPTYCH_NEWSLETTER_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with running_mailbox() as mailbox:
        settings.EMAIL_HOST, settings.EMAIL_PORT = mailbox.server_address
        mailbox.closing = {ADDRESSES[1]: command}
        start(issue)
        assert mailbox.taken == ADDRESSES[:1]
        assert states(issue) == {STATES.WAITING: 4, STATES.SENT: 1}
        issue.refresh_from_db()
        assert "421" in issue.error and ADDRESSES[1] not in issue.error
        send_again()
        assert mailbox.taken == [ADDRESSES[0], *ADDRESSES[2:]], "The one put off keeps no other."
        mailbox.closing = {}
        issue.deliveries.update(due_at=now())
        send_again()
        assert sorted(mailbox.taken) == ADDRESSES
    issue.refresh_from_db()
    assert (issue.state, states(issue)) == (Issue.State.SENT, {STATES.SENT: 5})


def test_a_site_that_may_not_send_keeps_all(issue, server):
    server.errors = dict.fromkeys(
        ADDRESSES, smtplib.SMTPSenderRefused(530, b"Authentication required", "a@example.org")
    )
    start(issue)
    assert states(issue) == {STATES.WAITING: 5}


def test_what_a_killed_process_had_claimed_is_reported(issue):
    start(issue)
    mail.outbox.clear()
    Issue.objects.update(state=Issue.State.SENDING)
    issue.deliveries.filter(subscription__address=ADDRESSES[0]).update(
        state=STATES.SENDING, claimed_at=now() - sending.SILENCE - timedelta(seconds=1)
    )
    issue.deliveries.filter(subscription__address=ADDRESSES[1]).update(
        state=STATES.SENDING, claimed_at=now()
    )
    issue.deliveries.filter(subscription__address=ADDRESSES[2]).update(state=STATES.WAITING)
    send_again()
    assert sent_to() == [ADDRESSES[2]]
    assert states(issue) == {STATES.UNKNOWN: 1, STATES.SENDING: 1, STATES.SENT: 3}
    assert Issue.objects.get().state == Issue.State.SENDING, "One may be under way elsewhere."


def test_two_processes_share_the_mails(issue, monkeypatch):
    """A second process that sends between any two steps of the first gets what is left."""
    send, nested = sending._send, []

    def interrupted(*arguments):
        if not nested:
            nested.append(True)
            sending.deliver(Issue.objects.get(pk=issue.pk))
        return send(*arguments)

    monkeypatch.setattr(sending, "_send", interrupted)
    start(issue)
    assert sorted(sent_to()) == ADDRESSES


def test_who_leaves_meanwhile_gets_nothing(issue, monkeypatch):
    send = sending._send

    def leave(issue, letter, pk, connection):
        Subscription.objects.filter(address=ADDRESSES[4]).delete()
        return send(issue, letter, pk, connection)

    monkeypatch.setattr(sending, "_send", leave)
    start(issue)
    assert sent_to() == ADDRESSES[:4]
    assert states(issue) == {STATES.SENT: 4, STATES.LEFT: 1}


def test_an_article_taken_offline_meanwhile_is_in_no_later_mail(issue, journal, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 2)
    article = issue.articles.get().article
    send = sending._send

    def unpublish(issue, letter, pk, connection):
        result = send(issue, letter, pk, connection)
        if len(mail.outbox) == 2:
            article.unpublish()
        return result

    monkeypatch.setattr(sending, "_send", unpublish)
    start(issue)
    said = ["Le lac gèle" in message.body for message in mail.outbox]
    assert said == [True, True, False, False, False]


def test_an_issue_without_anything_is_not_sent(make_issue, newsletters, subscribe, server):
    subscribe(newsletters["fr"], *ADDRESSES)
    issue = make_issue(introduction="")
    with pytest.raises(sending.NotSendable):
        start(issue)
    Issue.objects.update(state=Issue.State.SCHEDULED, send_at=now())
    assert "aucun article n’est en ligne" in send_again()
    issue.refresh_from_db()
    assert (issue.state, issue.send_at, mail.outbox) == (Issue.State.DRAFT, None, [])
    assert issue.error == sending.NOTHING


def test_a_scheduled_issue_is_sent_when_it_is_due(issue):
    later = now() + timedelta(hours=1)
    Issue.objects.update(state=Issue.State.SCHEDULED, send_at=later)
    assert send_again() == "" and not mail.outbox
    Issue.objects.update(send_at=now())
    send_again()
    assert sent_to() == ADDRESSES


def test_the_articles_of_an_issue_are_fixed_when_it_is_begun(journal, make_issue, server, issue):
    newest = make_issue()
    start(newest)
    make_article(journal, "Plus tard", "Later")
    assert [entry.article.headline_fr for entry in newest.articles.all()] == ["Le lac gèle"]


def test_a_header_cannot_be_put_into_a_subject_or_sender(issue):
    issue.subject, issue.newsletter.sender_name = "A\nBcc: b@example.org", "N\r\nBcc: c@example.org"
    issue.newsletter.save()
    issue.save()
    start(issue)
    for message in mail.outbox:
        head = message.message().as_string().partition("\n\n")[0]
        assert "\nBcc:" not in head


def test_a_mail_server_that_hangs_is_left_alone_after_a_while(issue, settings):
    with closing(socket.create_server(("127.0.0.1", 0))) as hanging:
        settings.DIPTYCH_NEWSLETTER_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = hanging.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        start(issue)
    issue.refresh_from_db()
    assert (issue.state, states(issue)) == (Issue.State.SENDING, {STATES.WAITING: 5})
    assert "timed out" in issue.error
