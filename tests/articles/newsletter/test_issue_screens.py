"""Issues in the admin: written, previewed, tested and sent by those who may."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import escape
from django.utils.timezone import localtime, now

from diptych.articles.newsletter import sending
from diptych.articles.newsletter.models import Delivery, Issue
from tests.factories import make_article, make_user, sign_in
from tests.failing_queue import tasks_of


def url(view, issue, *arguments):
    return reverse(f"diptych_newsletter_issues:{view}", args=[issue.pk, *arguments])


@pytest.fixture
def issue(journal, newsletters, subscribe, make_issue):
    subscribe(newsletters["fr"], "lea@example.org", "max@example.org")
    return make_issue(make_article(journal))


@pytest.fixture
def editor(client):
    """Sign in somebody who may publish French, with some permissions for issues."""

    def editor(*granted, languages=("fr",)):
        user = make_user("moderator")
        for group in user.groups.all():
            group.permissions.remove(*Permission.objects.filter(codename__startswith="publish_"))
        names = [*granted, *(f"publish_{code}" for code in languages)]
        user.user_permissions.add(*Permission.objects.filter(codename__in=names))
        client.force_login(user)
        return user

    return editor


def act(client, issue, name, **values):
    answer = client.post(url("send", issue), {"act": name, **values})
    issue.refresh_from_db()
    return answer


def _parsed(html):
    return BeautifulSoup(html, "html.parser")


def send(client, issue):
    """Send ``issue`` to all, and let the minute pass in which it can be called off."""
    act(client, issue, "send", confirmed="1")
    Issue.objects.filter(pk=issue.pk, state=Issue.State.SCHEDULED).update(send_at=now())
    call_command("diptych_send_newsletter", verbosity=0)
    issue.refresh_from_db()


def test_an_issue_is_written_and_leads_to_its_sending(client, newsletters, journal):
    sign_in(client)
    article = make_article(journal)
    values = {
        "newsletter": newsletters["fr"].pk,
        "subject": "Le lac",
        "introduction": "Bonjour.",
        "most": 8,
        "articles-TOTAL_FORMS": 1,
        "articles-INITIAL_FORMS": 0,
        "articles-MIN_NUM_FORMS": 0,
        "articles-MAX_NUM_FORMS": 1000,
        "articles-0-article": article.pk,
        "articles-0-ORDER": 1,
    }
    answer = client.post(reverse("diptych_newsletter_issues:add"), values)
    issue = Issue.objects.get()
    assert answer["Location"] == url("send", issue)
    assert [entry.article for entry in issue.articles.all()] == [article]
    said = client.get(url("send", issue)).content.decode()
    assert "Le lac" in said and "1 article" in said
    form = _parsed(client.get(url("edit", issue)).content)
    assert form.select_one("#id_articles-ADD").text.strip() == "Add an article"
    assert client.get(reverse("diptych_newsletter_issues:index")).status_code == 200


def test_both_forms_of_the_mail_are_previewed(client, issue):
    sign_in(client)
    html = client.get(url("preview", issue, "html"))
    assert html["Content-Type"].startswith("text/html") and "Le lac gèle" in html.content.decode()
    assert html["X-Frame-Options"] == "SAMEORIGIN"
    text = client.get(url("preview", issue, "text"))
    assert text["Content-Type"].startswith("text/plain") and "Le lac gèle" in text.content.decode()
    assert client.get(url("preview", issue, "other")).status_code == 404


def test_a_test_goes_to_oneself_alone(client, issue):
    user = sign_in(client)
    act(client, issue, "test")
    assert [message.to for message in mail.outbox] == [[user.email]]
    assert issue.state == Issue.State.DRAFT and not issue.deliveries.exists()


@pytest.mark.parametrize(("language", "named"), [("fr", "français"), ("en", "French")])
def test_sending_asks_and_says_what_goes_to_how_many(client, issue, language, named):
    sign_in(client, language=language)
    first = _parsed(client.get(url("send", issue)).content).select_one("button[name=act].button")
    assert first["value"] == "test" and "button-secondary" not in first["class"]
    asked = _parsed(act(client, issue, "send").content)
    assert issue.state == Issue.State.DRAFT and not mail.outbox
    said = [each.get_text() for each in asked.select("main dd")]
    assert said[:4] == ["La lettre de la semaine", named, "2", "Le lac"]
    offered = [
        each["value"]
        for each in asked.select("main button[name=act]")
        if "button-secondary" not in each["class"]
    ]
    assert offered == ["test"]


def test_sending_can_be_called_off_for_a_minute(client, issue):
    sign_in(client)
    act(client, issue, "send", confirmed="1")
    assert issue.state == Issue.State.SCHEDULED
    assert timedelta(seconds=50) < issue.send_at - now() <= timedelta(minutes=1)
    answer = client.get(url("send", issue))
    buttons = [each["value"] for each in _parsed(answer.content).select("main button[name=act]")]
    assert buttons == ["cancel", "test"] and int(answer["Refresh"]) > 50
    call_command("diptych_send_newsletter", verbosity=0)
    sending.send_on.call(issue.pk)
    assert not mail.outbox
    act(client, issue, "cancel")
    assert (issue.state, issue.send_at) == (Issue.State.DRAFT, None)
    Issue.objects.update(send_at=now())
    sending.send_on.call(issue.pk)
    call_command("diptych_send_newsletter", verbosity=0)
    assert not mail.outbox


def test_what_is_called_off_while_a_process_begins_it_is_not_sent(client, issue, monkeypatch):
    sign_in(client)
    act(client, issue, "send", confirmed="1")
    Issue.objects.update(send_at=now())
    compose = sending.compose

    def call_off_and_compose(issue):
        monkeypatch.setattr(sending, "compose", compose)
        act(client, Issue.objects.get(), "cancel")
        return compose(issue)

    monkeypatch.setattr(sending, "compose", call_off_and_compose)
    call_command("diptych_send_newsletter", verbosity=0)
    issue.refresh_from_db()
    assert issue.state == Issue.State.DRAFT and not mail.outbox


def test_the_task_of_the_minute_sends_what_was_not_called_off(client, issue):
    sign_in(client)
    act(client, issue, "send", confirmed="1")
    Issue.objects.update(send_at=now())
    sending.send_on.call(issue.pk)
    issue.refresh_from_db()
    assert len(mail.outbox) == 2 and issue.state == Issue.State.SENT


def test_the_form_of_the_time_has_the_scripts_of_its_calendar(client, issue):
    sign_in(client)
    assert "date-time-chooser.js" in client.get(url("send", issue)).content.decode()


def test_sending_once_is_enough(client, issue):
    sign_in(client)
    send(client, issue)
    send(client, issue)
    assert len(mail.outbox) == 2 and issue.state == Issue.State.SENT
    assert "2" in client.get(url("send", issue)).content.decode()
    assert client.get(url("edit", issue)).status_code in (302, 403)


def test_a_time_is_set_and_called_off(client, issue):
    sign_in(client)
    act(client, issue, "schedule", send_at="2020-01-01 10:00")
    assert issue.state == Issue.State.DRAFT
    later = localtime(now() + timedelta(days=2))
    moment = later.strftime("%Y-%m-%d %H:%M")
    asked = _parsed(act(client, issue, "schedule", send_at=moment).content)
    assert issue.state == Issue.State.DRAFT
    fields = {each["name"]: each["value"] for each in asked.select("main input[type=hidden]")}
    assert fields["send_at"] == moment
    act(client, issue, "schedule", **fields)
    assert issue.state == Issue.State.SCHEDULED and issue.send_at > now()
    act(client, issue, "cancel")
    assert (issue.state, issue.send_at) == (Issue.State.DRAFT, None)
    assert mail.outbox == []


def test_sending_is_stopped_and_gone_on_with(client, issue):
    sign_in(client)
    send(client, issue)
    mail.outbox.clear()
    issue.deliveries.update(state=Delivery.State.WAITING)
    Issue.objects.update(state=Issue.State.SENDING)
    act(client, issue, "stop")
    assert issue.state == Issue.State.STOPPED and not mail.outbox
    act(client, issue, "resume")
    assert len(mail.outbox) == 2 and issue.state == Issue.State.SENT


def test_the_uncertain_ones_are_listed_and_repeated_when_asked(client, issue):
    sign_in(client)
    send(client, issue)
    mail.outbox.clear()
    one = issue.deliveries.select_related("subscription").first()
    Delivery.objects.filter(pk=one.pk).update(state=Delivery.State.UNKNOWN, error="closed")
    assert one.subscription.address in client.get(url("send", issue)).content.decode()
    act(client, issue, "repeat")
    assert [message.to for message in mail.outbox] == [[one.subscription.address]]


def test_what_is_repeated_is_not_finished(client, issue, monkeypatch):
    sign_in(client)
    send(client, issue)
    assert issue.finished_at
    issue.deliveries.update(state=Delivery.State.UNKNOWN)
    monkeypatch.setattr(sending, "enqueue", lambda issue: None)
    act(client, issue, "repeat")
    assert (issue.state, issue.finished_at) == (Issue.State.SENDING, None)


def test_what_is_being_sent_is_not_composed_each_time_its_screen_is_loaded(client, issue):
    sign_in(client)
    preview = url("preview", issue, "html")
    assert preview in client.get(url("send", issue)).content.decode()
    Issue.objects.update(state=Issue.State.SENDING)
    answer = client.get(url("send", issue))
    assert answer["Refresh"] and preview not in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "aucun article n’est en ligne"), ("en", "no article is live")]
)
def test_what_keeps_an_issue_is_said_in_the_language_of_who_reads(client, issue, language, said):
    sign_in(client, language=language)
    Issue.objects.update(error=sending.NOTHING)
    assert said in client.get(url("send", issue)).content.decode()
    Issue.objects.update(error="SMTPDataError: 100 % <full>")
    assert escape("100 % <full>") in client.get(url("send", issue)).content.decode()


def test_what_became_of_the_mails_is_counted_in_french(client, issue):
    sign_in(client, language="fr")
    send(client, issue)
    said = client.get(url("send", issue)).content.decode()
    assert "<li>2 · acceptation par le serveur de courrier</li>" in said


def test_each_act_needs_its_permission(client, issue, editor):
    editor("change_issue")
    assert client.get(url("send", issue)).status_code == 200
    act(client, issue, "test")
    mail.outbox.clear()
    for name in ("send", "schedule", "cancel", "stop", "resume", "repeat"):
        act(client, issue, name, confirmed="1")
    assert issue.state == Issue.State.DRAFT and not mail.outbox
    editor("change_issue", "send_issue", languages=("en",))
    act(client, issue, "send", confirmed="1")
    assert client.get(url("send", issue)).status_code != 200
    assert client.get(url("preview", issue, "html")).status_code != 200
    assert issue.state == Issue.State.DRAFT and not mail.outbox
    editor("change_issue", "send_issue")
    send(client, issue)
    assert issue.state == Issue.State.SENT and len(mail.outbox) == 2


def test_an_issue_that_is_being_sent_is_not_deleted(client, issue):
    sign_in(client)
    Issue.objects.update(state=Issue.State.SENDING)
    client.post(url("delete", issue))
    assert Issue.objects.exists()
    Issue.objects.update(state=Issue.State.SENT)
    client.post(url("delete", issue))
    assert not Issue.objects.exists()


def test_the_list_of_newsletters_counts_who_gets_them(client, issue):
    sign_in(client)
    said = client.get(reverse("diptych_newsletters:index")).content.decode()
    assert ">2<" in "".join(said.split())


def test_unknown_acts_do_nothing(client, issue):
    sign_in(client)
    assert act(client, issue, "other").status_code == 404
    assert client.get(url("send", Issue(pk=10**9))).status_code == 404


def test_only_those_who_may_send_change_what_is_scheduled(client, editor, issue):
    Issue.objects.filter(pk=issue.pk).update(
        state=Issue.State.SCHEDULED, send_at=now() + timedelta(days=1)
    )
    address = url("edit", issue)
    values = {
        "newsletter": issue.newsletter_id,
        "subject": "Autre chose",
        "introduction": "Bonjour.",
        "most": 8,
        "articles-TOTAL_FORMS": 0,
        "articles-INITIAL_FORMS": 0,
        "articles-MIN_NUM_FORMS": 0,
        "articles-MAX_NUM_FORMS": 1000,
    }
    editor("change_issue")
    client.post(address, values)
    assert address not in client.get(url("send", issue)).content.decode()
    issue.refresh_from_db()
    assert issue.subject == "Le lac"
    editor("change_issue", "send_issue")
    assert address in client.get(url("send", issue)).content.decode()
    client.post(address, values)
    issue.refresh_from_db()
    assert (issue.subject, issue.state) == ("Autre chose", Issue.State.SCHEDULED)


def test_what_is_stored_is_sent_by_the_timer_if_nothing_can_be_queued(client, issue, settings):
    sign_in(client)
    settings.TASKS = tasks_of(settings)
    assert act(client, issue, "send", confirmed="1").status_code == 302
    assert issue.state == Issue.State.SCHEDULED
    Issue.objects.filter(pk=issue.pk).update(state=Issue.State.STOPPED)
    assert act(client, issue, "resume").status_code == 302
    assert issue.state == Issue.State.SENDING
    Issue.objects.filter(pk=issue.pk).update(state=Issue.State.SCHEDULED, send_at=now())
    call_command("diptych_send_newsletter", verbosity=0)
    assert len(mail.outbox) == 2
    issue.deliveries.update(state=Delivery.State.UNKNOWN)
    assert act(client, issue, "repeat").status_code == 302
    call_command("diptych_send_newsletter", verbosity=0)
    assert len(mail.outbox) == 4


@pytest.mark.parametrize("values", [{}, {"confirmed": "1"}])
def test_an_issue_for_nobody_is_not_sent(client, journal, newsletters, make_issue, values):
    sign_in(client, language="en")
    issue = make_issue(make_article(journal))
    assert "Nobody subscribes to it yet." in client.get(url("send", issue)).content.decode()
    answer = client.post(url("send", issue), {"act": "send", **values}, follow=True)
    assert "nobody subscribes to this newsletter yet" in answer.content.decode()
    issue.refresh_from_db()
    assert issue.state == Issue.State.DRAFT


def test_an_issue_for_nobody_yet_can_be_sent_later(client, journal, newsletters, make_issue):
    sign_in(client, language="en")
    issue = make_issue(make_article(journal))
    time = localtime(now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    asked = act(client, issue, "schedule", send_at=time).content.decode()
    assert "Nobody subscribes to it yet" in asked and "0 readers" not in asked
    act(client, issue, "schedule", send_at=time, confirmed="1")
    assert issue.state == Issue.State.SCHEDULED
