"""What the timer sends, when something else changes or fails at the same time."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.timezone import now

from articles.newsletter import sending
from articles.newsletter.models import Issue
from tests.factories import make_article

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
