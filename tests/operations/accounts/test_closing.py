"""An account that is closed: what another person goes on with, and what stays."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from wagtail.models import APIToken, ModelLogEntry, PageLogEntry
from wagtail.users.models import UserProfile

from diptych.articles.languages.models import DraftLink, LanguageSchedule, TranslationAssignment
from diptych.articles.languages.models.assignments import Review
from operations.accounts.closing import NotClosable, close_account, work_left_by
from tests.factories import make_article, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaver():
    return make_user("moderator", "leaver")


@pytest.fixture
def heir():
    return make_user("moderator", "heir")


def leave_work(user, journal):
    """Open work of every kind; returns the article it is about."""
    article = make_article(journal)
    article.save_revision(user=user, log_action=True)
    article.locked, article.locked_by, article.locked_at = True, user, now()
    article.save(update_fields=["locked", "locked_by", "locked_at"])
    TranslationAssignment.objects.create(page=article, language="en", translator=user)
    TranslationAssignment.objects.create(
        page=article,
        language="fr",
        requested_by=user,
        submitted_by=user,
        submitted_at=now(),
        review=Review.SUBMITTED,
    )
    week = now() + timedelta(days=7)
    LanguageSchedule.objects.create(
        page=article, language="en", act="unpublish", due_at=week, user=user
    )
    DraftLink.objects.create(page=article, language="fr", user=user, expires_at=week)
    return article


def names_in(article):
    """The user of each row of open work."""
    article.refresh_from_db()
    english = article.translation_assignments.get(language="en")
    french = article.translation_assignments.get(language="fr")
    return {
        article.locked_by,
        english.translator,
        french.requested_by,
        french.submitted_by,
        article.language_schedules.get().user,
        article.draft_links.get().user,
    }


def test_another_person_goes_on_and_the_history_stays(journal, leaver, heir):
    article = leave_work(leaver, journal)
    history = PageLogEntry.objects.filter(user=leaver).count()

    closing = close_account(leaver, heir)

    assert len(closing.reassigned) == 6
    assert names_in(article) == {heir}
    assert work_left_by(leaver) == []
    assert PageLogEntry.objects.filter(user=leaver).count() == history > 0
    assert article.latest_revision.user == leaver
    entry = ModelLogEntry.objects.get(action="journal.close_account")
    assert entry.data["successor"] == "heir"


def test_a_claim_is_given_back_where_the_other_may_not_edit_the_language(journal, leaver):
    article = leave_work(leaver, journal)
    close_account(leaver, make_user("reader", "guest"))
    assert article.translation_assignments.get(language="en").translator is None


def test_nothing_lets_the_account_in_any_more(client, leaver):
    client.force_login(leaver)
    profile = UserProfile.get_for_user(leaver)
    profile.theme = "dark"
    profile.save()
    token, _secret = APIToken.create_token(user=leaver, name="script")

    close_account(leaver)

    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    token.refresh_from_db()
    assert token.revoked_at
    leaver.refresh_from_db()
    assert not leaver.is_active
    assert not leaver.has_usable_password()
    assert not UserProfile.objects.filter(user=leaver).exists()
    client.post(reverse("wagtailadmin_login"), {"username": "leaver", "password": "password"})
    assert client.get(reverse("wagtailadmin_home")).status_code == 302


def test_all_of_it_or_nothing(journal, leaver, heir, monkeypatch):
    article = leave_work(leaver, journal)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("operations.accounts.closing.log", fail)
    with pytest.raises(RuntimeError):
        close_account(leaver, heir)
    assert names_in(article) == {leaver}
    leaver.refresh_from_db()
    assert leaver.is_active


def test_refusals(journal, leaver, heir):
    heir.is_active = False
    heir.save()
    chief = make_user("admin")
    leave_work(leaver, journal)
    for user, successor, by in [
        (leaver, None, None),
        (leaver, leaver, None),
        (leaver, heir, None),
        (leaver, chief, leaver),
        (chief, None, None),
    ]:
        with pytest.raises(NotClosable):
            close_account(user, successor, by)
        user.refresh_from_db()
        assert user.is_active


def test_the_command_lists_what_was_done(journal, leaver, heir, capsys):
    leave_work(leaver, journal)
    call_command("close_account", "leaver", "--dry-run")
    assert len(capsys.readouterr().out.splitlines()) == 6
    with pytest.raises(CommandError):
        call_command("close_account", "leaver")
    with pytest.raises(CommandError):
        call_command("close_account", "nobody")
    call_command("close_account", "leaver", "--to", "heir")
    assert len(capsys.readouterr().out.splitlines()) == 6 + 4


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_screen(client, journal, leaver, heir, language):
    leave_work(leaver, journal)
    sign_in(client, "admin", language)
    address = reverse("journal_close_account", args=[leaver.pk])
    assert address in client.get(reverse("wagtailusers_users:index")).text

    assert "Le lac gèle" in client.get(address).text
    client.post(address, {})
    leaver.refresh_from_db()
    assert leaver.is_active
    answer = client.post(address, {"successor": heir.pk})
    leaver.refresh_from_db()
    assert not leaver.is_active
    assert {"fr": "est fermé", "en": "is closed"}[language] in answer.text


def test_who_may_close_an_account(client, leaver):
    address = reverse("journal_close_account", args=[leaver.pk])
    assert client.get(address).url.startswith(reverse("wagtailadmin_login"))
    sign_in(client, "moderator")
    assert client.post(address, {}).status_code == 302
    leaver.refresh_from_db()
    assert leaver.is_active


def test_sessions_are_listed_and_ended_by_their_owner(client, leaver):
    browsers = [client, Client(), Client()]
    for browser in browsers:
        browser.post(
            reverse("wagtailadmin_login"),
            {"username": "leaver", "password": "password"},
            headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko Firefox/140.0"},
        )
    address = reverse("journal_own_sessions")
    listed = client.get(address).context["sessions"]
    assert [each["is_current"] for each in listed] == [True, False, False]
    assert client.get(address).text.count("Firefox, Linux") == 6

    client.post(address, {"end": listed[1]["digest"]})
    client.post(address, {"end": listed[0]["digest"]})
    home = reverse("wagtailadmin_home")
    assert sorted(each.get(home).status_code for each in browsers) == [200, 200, 302]
    client.post(address, {"end-others": "1"})
    assert [each.get(home).status_code for each in browsers] == [200, 302, 302]


def test_administrators_end_the_sessions_of_others_and_unlock_them(admin, leaver):
    other = Client()
    other.force_login(leaver)
    login = reverse("wagtailadmin_login")
    for _time in range(5):
        Client().post(login, {"username": "leaver", "password": "wrong"})
    right = {"username": "leaver", "password": "password"}
    assert Client().post(login, right).status_code == 429

    address = reverse("journal_sessions", args=[leaver.pk])
    assert "locked this account" in admin.get(address).text
    admin.post(address, {"end-others": "1"})
    admin.post(address, {"unlock": "1"})
    assert other.get(reverse("wagtailadmin_home")).status_code == 302
    assert Client().post(login, right).status_code == 302


def test_nobody_else_sees_or_ends_them(client, leaver):
    other = Client()
    other.force_login(leaver)
    sign_in(client, "moderator")
    address = reverse("journal_sessions", args=[leaver.pk])
    assert client.get(address).status_code == 302
    client.post(address, {"end-others": "1"})
    assert other.get(reverse("wagtailadmin_home")).status_code == 200
