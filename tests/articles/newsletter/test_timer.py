"""What the timer sends, when something else changes or fails at the same time."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils.timezone import now

from diptych.articles.newsletter import sending
from diptych.articles.newsletter.models import CONFIRMABLE, Issue, Subscription
from tests.factories import make_article
from tests.failing_queue import tasks_of

State = Issue.State


@pytest.fixture
def due(journal, newsletters, subscribe, make_issue):
    """Make an issue that is due, with one reader."""

    def due(language="fr", **values):
        subscribe(newsletters[language], f"{language}@example.org")
        values = {"state": State.SCHEDULED, "send_at": now() - timedelta(minutes=1), **values}
        return make_issue(make_article(journal), language=language, **values)

    return due


def sent_to():
    return [address for message in mail.outbox for address in message.to]


def test_an_editor_who_saves_meanwhile_does_not_put_it_back(due):
    read_before = Issue.objects.get(pk=due().pk)
    sending.send_due()
    read_before.subject = "Un autre objet"
    read_before.save()
    stored = Issue.objects.get(pk=read_before.pk)
    assert (stored.state, stored.subject) == (State.SENT, "Un autre objet")
    sending.send_due()
    assert sent_to() == ["fr@example.org"]


def test_an_issue_that_fails_keeps_no_other_from_being_sent(due, monkeypatch):
    broken, sound = due(send_at=now() - timedelta(hours=1)), due("en")
    compose = sending.compose

    def compose_or_fail(issue):
        if issue.pk == broken.pk:
            raise LookupError("the language is gone")
        return compose(issue)

    monkeypatch.setattr(sending, "compose", compose_or_fail)
    assert [each.pk for each in sending.send_due()] == [broken.pk, sound.pk]
    assert sent_to() == ["en@example.org"]
    broken.refresh_from_db()
    assert "the language is gone" in broken.error


def test_the_timer_sends_by_itself_without_a_second_sender_beside_it(due, monkeypatch):
    """With two in one process, two mails are uncertain when it is killed."""
    enqueued = []
    monkeypatch.setattr(sending, "enqueue", enqueued.append)
    due()
    sending.send_due()
    assert sent_to() == ["fr@example.org"] and enqueued == []


def run_timer():
    call_command("diptych_send_newsletter", verbosity=0)


def sign_up(client, address="lea@example.org"):
    return client.post("/fr/newsletter/", {"address": address})


def test_a_request_that_could_not_be_queued_is_answered_by_the_timer(
    newsletters, client, settings, caplog
):
    settings.TASKS, kept = tasks_of(settings), settings.TASKS
    answer = sign_up(client)
    assert (answer.status_code, answer["Location"]) == (302, "/fr/newsletter/sent/")
    assert mail.outbox == [] and "database table is locked" in caplog.text
    settings.TASKS = kept
    run_timer()
    run_timer()
    assert sent_to() == ["lea@example.org"]
    assert "/newsletter/confirm/" in mail.outbox[0].body


class Refusing(EmailBackend):
    """A mail server that answers ``error``."""

    error = OSError("no route to host")

    def send_messages(self, messages):
        raise self.error


@pytest.fixture
def refusing(settings, monkeypatch):
    kept = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"

    def recover():
        settings.EMAIL_BACKEND = kept

    return recover


def pass_pause():
    Subscription.objects.exclude(mail_due_at=None).update(mail_due_at=now())


def test_a_request_that_could_not_be_answered_is_tried_again_with_pauses(
    newsletters, client, refusing
):
    assert sign_up(client).status_code == 302
    refusing()
    run_timer()
    assert sent_to() == []
    pass_pause()
    run_timer()
    pass_pause()
    run_timer()
    assert sent_to() == ["lea@example.org"]


def test_a_request_is_tried_again_for_as_long_as_it_can_be_confirmed(newsletters, client, refusing):
    sign_up(client)
    long_ago = now() - CONFIRMABLE - timedelta(minutes=1)
    Subscription.objects.update(requested_at=long_ago, confirmed_at=now(), mail_due_at=now())
    refusing()
    run_timer()
    assert sent_to() == []


def test_an_address_that_is_refused_for_good_is_left_alone(
    newsletters, client, refusing, monkeypatch
):
    error = smtplib.SMTPRecipientsRefused({"lea@example.org": (550, b"no such user")})
    monkeypatch.setattr(Refusing, "error", error)
    sign_up(client)
    assert Subscription.objects.get().mail_due_at is None


def test_an_issue_for_nobody_is_a_draft_again_once_it_is_due(journal, make_issue):
    issue = make_issue(make_article(journal), state=State.SCHEDULED, send_at=now())
    run_timer()
    issue.refresh_from_db()
    assert (issue.state, issue.error) == (State.DRAFT, sending.NOBODY)
