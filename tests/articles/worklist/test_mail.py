"""A translator is told by mail what was given to them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from tests.articles.admin.html import messages
from tests.articles.worklist.people import act_on, missing, speak, work_on


@pytest.fixture
def page(journal):
    return missing(journal)


@pytest.fixture
def assign(as_chief, page, monkeypatch):
    """Assign the article to somebody, and return what the next screen says.

    The transaction of the test never ends, so what waits for its end is done at once.
    """
    monkeypatch.setattr(transaction, "on_commit", lambda act, **options: act())

    def assign(person, **values):
        form = {"translator": person.pk, "due_date": "", "comment": "", "seen": "", **values}
        return messages(as_chief.post(act_on(page, "assignment"), form, follow=True))

    return assign


def test_who_asks_for_what_until_when_and_where(page, assign, ana):
    speak(ana, "en")
    due = timezone.localdate() + timedelta(days=3)
    assign(ana, due_date=due.isoformat(), comment="Leave the quotes, please.")
    (letter,) = mail.outbox
    assert letter.to == [ana.email]
    assert letter.subject == "To translate into English: Le lac gèle"
    assert "Inès Favre asks you to translate this text:" in letter.body
    assert "Le lac gèle (English, 8 words)" in letter.body
    assert f"Due on {due.day} " in letter.body
    assert "Leave the quotes, please." in letter.body
    assert "http://testserver/admin/" in letter.body
    assert str(page.pk) in letter.body
    assert "http://testserver/admin/diptych/translations/?claimed=me" in letter.body


def test_in_the_language_of_the_recipient(assign, ana):
    speak(ana, "fr")
    assign(ana)
    (letter,) = mail.outbox
    assert letter.subject == "À traduire en anglais\u00a0: Le lac gèle"
    assert "Inès Favre vous demande de traduire ce texte" in letter.body
    assert "Le lac gèle (anglais, 8\u00a0mots)" in letter.body


def test_nobody_writes_to_themselves(assign, chief):
    assign(chief)
    assert mail.outbox == []


def test_only_a_new_translator_is_told(page, assign, ana):
    assign(ana)
    assign(ana, seen=ana.pk, comment="One more thing")
    assert len(mail.outbox) == 1


def test_somebody_without_an_address_gets_no_mail_and_the_sender_is_told(page, assign, ana):
    ana.email = ""
    ana.save()
    said = assign(ana)
    assert "Ana Costa has no e-mail address and has not been notified by e-mail." in said
    assert work_on(page).translator == ana


def test_a_mail_server_that_fails_loses_nothing(page, assign, ana, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    said = assign(ana)
    assert "The assignment is stored, but Ana Costa could not be notified by e-mail." in said
    assert work_on(page).translator == ana


def test_a_title_with_line_breaks_makes_no_second_header(page, assign, ana):
    from wagtail.models import Page

    Page.objects.filter(pk=page.pk).update(title="Le lac\nBcc: all@example.org", draft_title="x")
    assign(ana)
    assert mail.outbox[0].bcc == []
    assert "\n" not in mail.outbox[0].subject
