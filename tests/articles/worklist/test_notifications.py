"""What somebody was told of is kept in the admin, beside the e-mail that says the same."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission
from wagtail.users.models import UserProfile

from diptych.articles.languages.models import Notification
from diptych.articles.languages.publication.reviewing import submit
from diptych.articles.languages.translations.comments import add_comment
from tests.articles.admin.html import soup, text_of
from tests.articles.worklist.people import act_on, browser_of, make_translator, missing, speak
from tests.factories import make_article, make_user

NOTIFICATIONS = "/admin/diptych/notifications/"


@pytest.fixture
def page(journal):
    return make_article(journal, "Le vent", "The wind", live_in=("fr",))


def shown(client):
    """The subjects in the list, the newest first, and whether each is unread."""
    items = soup(client.get(NOTIFICATIONS)).select(".diptych-notification")
    return {text_of(item.h2): "Unread" in text_of(item.p) for item in items}


def in_menu(client):
    """What the sidebar calls the list."""
    html = client.get("/admin/").content.decode()
    start = html.index('"label": "Notifications') + len('"label": "')
    return html[start : html.index('"', start)]


def assign(client, page, person, comment=""):
    form = {"translator": person.pk, "due_date": "", "comment": comment, "seen": ""}
    assert client.post(act_on(page, "assignment"), form).status_code == 302


def decide(client, page, act, comment=""):
    url = f"/admin/diptych/review/{page.pk}/en/"
    fingerprint = soup(client.get(url)).select_one("[name=fingerprint]")["value"]
    data = {act: "1", "comment": comment, "fingerprint": fingerprint}
    assert client.post(url, data).status_code == 302


def keep(person, subject="To translate", days=0, **values):
    created_at = timezone.now() - timedelta(days=days)
    values = {"url": "/admin/diptych/translations/", "created_at": created_at, **values}
    return Notification.objects.create(recipient=person, subject=subject, **values)


def make_publisher(journal, username, **values):
    person = make_translator(journal, username, "en", actions=("edit", "publish"), **values)
    publish = Permission.objects.get(codename="publish_page")
    group = person.groups.get(name=f"Translators: {username}")
    GroupPagePermission.objects.create(group=group, page=journal.home, permission=publish)
    return person


def switch_off(person, name):
    UserProfile.get_for_user(person)
    UserProfile.objects.filter(user=person).update(**{name: False})


def test_what_was_assigned_is_opened_from_the_list(journal, as_chief, as_ana, ana):
    page = missing(journal)
    assign(as_chief, page, ana, "Leave the quotes.\nPlease.")
    assert in_menu(as_ana) == "Notifications (1)"
    response = as_ana.get(NOTIFICATIONS)
    (item,) = soup(response).select(".diptych-notification")
    assert text_of(item.h2) == "To translate into English: Le lac gèle"
    assert "Inès Favre" in text_of(item)
    assert text_of(item.select_one(".diptych-notification-text")) == "Leave the quotes. Please."
    opened = as_ana.post(item.form["action"])
    assert opened.url == f"/admin/diptych/translate/{page.pk}/en/"
    assert in_menu(as_ana) == "Notifications"
    assert shown(as_ana) == {"To translate into English: Le lac gèle": False}


def test_who_may_publish_is_told_what_was_handed_in(journal, page, as_ana, ana, chief):
    publisher, other = make_publisher(journal, "pia"), make_publisher(journal, "paul")
    switch_off(other, "submitted_notifications")
    speak(publisher, "fr")
    url = f"/admin/diptych/review/{page.pk}/en/"
    for _twice in range(2):
        assert as_ana.post(url, {"submit": "1", "comment": "Twice read."}).status_code == 302
    kept = Notification.objects.order_by("recipient__username")
    assert [each.recipient for each in kept] == [chief, publisher], "and nobody else"
    assert kept[1].subject == "À relire\u00a0: Le vent (anglais)", "in the language of each"
    assert (kept[1].url, kept[1].text, kept[1].sender) == (url, "Twice read.", ana)


@pytest.mark.parametrize(
    ("act", "preference", "subject"),
    [
        ("approve", "approved_notifications", "Approved: Le vent (English)"),
        ("send_back", "rejected_notifications", "Sent back: Le vent (English)"),
    ],
)
def test_who_handed_in_is_told_of_the_decision(page, as_chief, ana, act, preference, subject):
    speak(ana, "en")
    submit(page, "en", ana)
    decide(as_chief, page, act, "Well.")
    (kept,) = Notification.objects.filter(recipient=ana)
    assert (kept.subject, kept.text) == (subject, "Well.")


def test_comments_on_places_are_counted_in_the_notification(page, as_chief, ana, chief):
    speak(ana, "fr")
    submit(page, "en", ana)
    for text in ("Which wind?", "Shorter."):
        add_comment(page.get_latest_revision_as_object(), "headline_en", text, chief)
    decide(as_chief, page, "send_back")
    (kept,) = Notification.objects.filter(recipient=ana)
    assert kept.text.startswith("2 commentaires"), "in the language of who is told"


def test_what_was_approved_says_so_where_its_notification_leads(page, as_chief, as_ana, ana):
    submit(page, "en", ana)
    decide(as_chief, page, "approve", "Well done.")
    (kept,) = Notification.objects.filter(recipient=ana)
    notice = soup(as_ana.get(kept.url)).select_one(".help-block")
    assert "Approved by Inès Favre on" in text_of(notice) and "Well done." in text_of(notice)
    page.refresh_from_db()
    assert notice.a["href"].endswith(page.url_in("en"))
    page.unpublish_languages(["en"])
    assert "Approved by" not in text_of(soup(as_ana.get(kept.url))), "readers do not see it"


@pytest.mark.parametrize("act", ["approve", "send_back"])
def test_what_somebody_has_switched_off_is_neither_kept_nor_sent(
    page, as_chief, ana, act, django_capture_on_commit_callbacks
):
    for name in ("approved_notifications", "rejected_notifications"):
        switch_off(ana, name)
    submit(page, "en", ana)
    with django_capture_on_commit_callbacks(execute=True):
        decide(as_chief, page, act, "Well.")
    assert not Notification.objects.filter(recipient=ana).exists()
    assert mail.outbox == []


def test_it_is_kept_where_the_mail_fails_or_there_is_no_address(
    journal, as_chief, ana, ben, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    ben.email = ""
    ben.save()
    for person, title in ((ana, "Le lac gèle"), (ben, "Le pont")):
        with django_capture_on_commit_callbacks(execute=True):
            assign(as_chief, missing(journal, title), person)
    assert mail.outbox == []
    assert Notification.objects.count() == 2


def test_nobody_is_told_of_what_they_do_themselves(page, as_chief, chief):
    submit(page, "en", chief)
    decide(as_chief, page, "send_back", "Not yet.")
    assert not Notification.objects.exists()


def test_one_or_all_are_marked_as_read(as_ana, ana, ben):
    keep(ana, "Older", days=2)
    newer, _others = keep(ana, "Newer", days=1), keep(ben, "Ben's")
    assert shown(as_ana) == {"Newer": True, "Older": True}
    assert as_ana.post(f"{NOTIFICATIONS}{newer.pk}/read/").url == NOTIFICATIONS
    assert shown(as_ana) == {"Newer": False, "Older": True}
    read_at = Notification.objects.get(pk=newer.pk).read_at
    assert as_ana.post(f"{NOTIFICATIONS}read/").url == NOTIFICATIONS
    assert shown(as_ana) == {"Newer": False, "Older": False}
    assert Notification.objects.get(pk=newer.pk).read_at == read_at, "the first time counts"
    assert Notification.objects.get(recipient=ben).read_at is None


def test_others_and_visitors_see_and_change_nothing(as_ana, ana, ben, chief):
    kept = keep(ben, "For Ben")
    for browser in (as_ana, browser_of(chief)):
        assert shown(browser) == {}
        for act in ("read", "open"):
            assert browser.post(f"{NOTIFICATIONS}{kept.pk}/{act}/", follow=True).status_code == 404
    outside, reader = Client(), browser_of(make_user("reader"))
    for browser in (outside, reader):
        for address in ("", "read/", f"{kept.pk}/read/", f"{kept.pk}/open/"):
            assert browser.post(f"{NOTIFICATIONS}{address}").status_code == 302
            assert "/login/" in browser.get(f"{NOTIFICATIONS}{address}").url or browser is reader
    assert Notification.objects.get(pk=kept.pk).read_at is None


def test_looking_changes_nothing(as_ana, ana):
    kept = keep(ana)
    for address in ("read/", f"{kept.pk}/read/", f"{kept.pk}/open/"):
        assert as_ana.get(f"{NOTIFICATIONS}{address}").status_code == 405
    as_ana.get(NOTIFICATIONS)
    assert Notification.objects.get(pk=kept.pk).read_at is None
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)
    assert strict.post(f"{NOTIFICATIONS}read/").status_code == 403


def test_fifty_stand_on_a_screen(as_ana, ana):
    for number in range(51):
        keep(ana, f"Number {number}")
    assert len(shown(as_ana)) == 50
    second = soup(as_ana.get(NOTIFICATIONS, {"p": 2})).select(".diptych-notification")
    assert len(second) == 1
    assert as_ana.get(NOTIFICATIONS, {"p": "9" * 30}).context["page_obj"].number == 2


def test_they_are_deleted_after_ninety_days(ana):
    keep(ana, "Old", days=91)
    keep(ana, "Kept", days=89)
    call_command("publish_scheduled", dryrun=True, verbosity=0)
    assert Notification.objects.count() == 2
    call_command("publish_scheduled", verbosity=0)
    assert [each.subject for each in Notification.objects.all()] == ["Kept"]
