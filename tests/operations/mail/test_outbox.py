"""E-mails are kept until the mail server has taken them, and can be sent again by hand."""

import smtplib
from datetime import timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import translation
from django.utils.functional import lazystr
from django.utils.timezone import now
from django_tasks import task_backends

from operations.mail import backend, sending
from operations.mail.models import KEPT, PAUSES, OutgoingMail
from tests.committing import CommittingClient
from tests.factories import make_user
from tests.failing_queue import tasks_of

pytestmark = pytest.mark.django_db

REFUSED = smtplib.SMTPRecipientsRefused({"lea@journal.example": (550, b"No such user")})
LATER = smtplib.SMTPResponseException(451, b"Try again later")


class Failing(BaseEmailBackend):
    """A mail server that answers with :attr:`error`."""

    error = TimeoutError("timed out")
    asked = 0

    def send_messages(self, messages):
        type(self).asked += 1
        raise self.error


@pytest.fixture(autouse=True)
def outbox(settings, monkeypatch):
    settings.EMAIL_BACKEND = "operations.mail.backend.OutboxBackend"
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr(sending, "server", sending.MailServer())
    monkeypatch.setattr(Failing, "asked", 0)


@pytest.fixture
def failing(settings, monkeypatch):
    """Let the mail server fail with an error."""

    def fail(error):
        settings.MAIL_TRANSPORT = f"{__name__}.Failing"
        monkeypatch.setattr(Failing, "error", error)

    return fail


def write(subject="Corrections", to="lea@journal.example"):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return mail.send_mail(subject, "Please read.", "desk@journal.example", [to])


@pytest.fixture
def client():
    return CommittingClient()


def pass_time():
    OutgoingMail.objects.filter(due_at__isnull=False).update(due_at=now() - timedelta(seconds=1))
    sending.server.closed_until = 0


def test_what_was_sent_is_kept_no_more():
    assert write() == 1
    assert [each.subject for each in mail.outbox] == ["Corrections"]
    assert not OutgoingMail.objects.exists()


def test_all_parts_of_a_message_arrive():
    message = mail.EmailMultiAlternatives(
        lazystr("Try again"),
        "Text",
        "desk@journal.example",
        ["lea@journal.example"],
        cc=["ines@journal.example"],
        bcc=["noel@journal.example"],
        reply_to=["reply@journal.example"],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative("<p>Text</p>", "text/html")
    message.attach("notes.txt", "Notes", "text/plain")
    message.attach("dots.png", b"\x89PNG\0", "image/png")
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert message.send() == 1
    (sent,) = mail.outbox
    assert sent.recipients() == message.recipients()
    assert (sent.subject, sent.body, sent.reply_to) == ("Try again", "Text", message.reply_to)
    assert sent.extra_headers == message.extra_headers
    assert [tuple(each) for each in sent.alternatives] == [("<p>Text</p>", "text/html")]
    assert [name for name, *_rest in sent.attachments] == ["notes.txt", "dots.png"]
    assert sent.attachments[1][1] == b"\x89PNG\0"


def test_what_is_not_committed_is_not_sent():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        OutgoingMail.objects.create(message={}, recipients="lea@journal.example")
        raise ZeroDivisionError
    assert not OutgoingMail.objects.exists()


def test_a_mail_server_that_hangs_is_asked_once_and_nobody_notices(failing):
    failing(TimeoutError("timed out"))
    assert [write(), write(), write()] == [1, 1, 1]
    assert Failing.asked == 1
    assert OutgoingMail.objects.count() == 3
    first = OutgoingMail.objects.order_by("pk").first()
    assert (first.attempts, first.error) == (1, "TimeoutError: timed out")


def test_the_pauses_grow_until_it_is_given_up(failing):
    failing(LATER)
    write()
    pauses = []
    while (kept := OutgoingMail.objects.get()).due_at:
        pauses.append(round((kept.due_at - now()).total_seconds()))
        assert kept.attempts == len(pauses)
        pass_time()
        sending.deliver()
    assert [pytest.approx(pause.total_seconds(), abs=5) for pause in PAUSES] == pauses
    assert kept.attempts == len(PAUSES) + 1


def test_it_is_sent_once_the_server_is_back(failing, settings):
    failing(TimeoutError())
    write("One")
    write("Two")
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    pass_time()
    said = StringIO()
    with translation.override("en"):
        call_command("send_waiting_mail", stdout=said)
    assert said.getvalue() == "2 e-mails were sent.\n"
    assert [each.subject for each in mail.outbox] == ["One", "Two"]


def test_an_address_that_is_refused_keeps_no_other_back_and_is_given_up(failing):
    failing(REFUSED)
    write()
    write()
    assert Failing.asked == 2
    assert OutgoingMail.objects.given_up().count() == 2


def test_two_processes_never_send_the_same(monkeypatch):
    write_later(monkeypatch)
    (kept,) = OutgoingMail.objects.due()
    assert OutgoingMail.objects.claim(kept)
    assert not OutgoingMail.objects.claim(kept)


def write_later(monkeypatch):
    """Keep an e-mail that nothing sends yet."""
    with monkeypatch.context() as patched:
        patched.setattr(backend, "enqueue", lambda: None)
        write()


def test_what_was_given_up_is_forgotten_after_a_while(failing):
    failing(REFUSED)
    write()
    sending.deliver()
    assert OutgoingMail.objects.count() == 1
    OutgoingMail.objects.update(made_at=now() - KEPT)
    sending.deliver()
    assert OutgoingMail.objects.count() == 0


def test_an_e_mail_that_is_kept_is_no_failure_if_it_cannot_be_queued(settings):
    settings.TASKS = tasks_of(settings)
    assert write() == 1
    call_command("send_waiting_mail", verbosity=0)
    assert len(mail.outbox) == 1 and not OutgoingMail.objects.exists()


@pytest.mark.parametrize("is_silent", [True, False])
def test_without_a_database_reports_of_errors_are_lost_silently(monkeypatch, is_silent):
    def fail(_mails):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(OutgoingMail.objects, "bulk_create", fail)
    arguments = ("Error", "Text", "desk@journal.example", ["it@journal.example"])
    if is_silent:
        assert mail.send_mail(*arguments, fail_silently=True) == 0
    else:
        with pytest.raises(OperationalError):
            mail.send_mail(*arguments)


class TestReport:
    """Who looks after the site sees what could not be sent, and sends it again."""

    @pytest.fixture
    def keeper(self, client):
        group = Group.objects.create(name="Keepers")
        names = ("access_admin", "change_outgoingmail")
        group.permissions.set(Permission.objects.filter(codename__in=names))
        user = make_user("reader", "keeper")
        user.groups.add(group)
        client.force_login(user)
        return client

    def test_lists_and_sends_again(self, keeper, failing, settings):
        failing(REFUSED)
        write("Lost", "lea@journal.example")
        page = BeautifulSoup(keeper.get(reverse("journal_mail:index")).content, "lxml")
        assert "Lost" in page.text
        assert "lea@journal.example" in page.text
        button = page.select_one('button[name="mail"]')
        settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
        keeper.post(button.find_parent("form")["action"], {"mail": button["value"]})
        assert [each.subject for each in mail.outbox] == ["Lost"]
        assert not OutgoingMail.objects.exists()

    def test_all_that_were_given_up(self, keeper, failing, settings):
        failing(REFUSED)
        write("One")
        write("Two")
        settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
        keeper.post(reverse("journal_mail:retry"))
        assert {each.subject for each in mail.outbox} == {"One", "Two"}

    def test_what_cannot_be_queued_is_sent_by_the_timer(self, keeper, failing, settings):
        failing(REFUSED)
        write("Lost")
        settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
        settings.TASKS = tasks_of(settings)
        assert keeper.post(reverse("journal_mail:retry")).status_code == 302
        assert mail.outbox == []
        call_command("send_waiting_mail", verbosity=0)
        assert [each.subject for each in mail.outbox] == ["Lost"]

    def test_is_for_those_who_look_after_the_site(self, client):
        editor = make_user("reader", "editor")
        editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(editor)
        assert client.get(reverse("journal_mail:index")).status_code == 302
        client.post(reverse("journal_mail:retry"))
        assert reverse("journal_mail:index") not in client.get("/admin/").content.decode()


class TestPasswordReset:
    """A link to a new password, asked for an address that has an account and one that has none."""

    def ask(self, client, address):
        response = client.post(reverse("wagtailadmin_password_reset"), {"email": address})
        return response.status_code, response.headers.get("Location")

    def test_only_an_account_gets_a_letter(self, client):
        make_user("reader", "lea", email="lea@journal.example")
        known = self.ask(client, "lea@journal.example")
        assert len(mail.outbox) == 1
        assert "http://testserver/admin/password_reset/confirm/" in mail.outbox[0].body
        assert self.ask(client, "nobody@journal.example") == known
        assert len(mail.outbox) == 1

    def test_the_request_does_not_look_for_the_account(self, client, settings):
        waiting = {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
        settings.TASKS = {**settings.TASKS, "mail": waiting}
        make_user("reader", "lea", email="lea@journal.example")
        for address in ("lea@journal.example", "nobody@journal.example"):
            self.ask(client, address)
        asked_for = [each.args[0] for each in task_backends["mail"].results]
        assert asked_for == ["lea@journal.example", "nobody@journal.example"]
        assert not OutgoingMail.objects.exists()

    def test_the_letter_speaks_the_language_of_whoever_asks(self, client, settings):
        make_user("reader", "lea", email="lea@journal.example")
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"
        self.ask(client, "lea@journal.example")
        assert "mot de passe" in mail.outbox[0].body
