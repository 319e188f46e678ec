"""How often somebody may fail to sign in, and who may go on nevertheless."""

import logging
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from diptych.articles.newsletter.mail_limits import MOST_FOR_EMAIL
from operations.accounts import throttling
from tests.factories import make_user

pytestmark = pytest.mark.django_db

LOCKED = {"en": "Too many failed attempts", "fr": "Trop de tentatives"}
#: From the blocks of addresses that are kept for documentation.
HERE, THERE = "192.0.2.7", "198.51.100.9"


def attempt(client, username, password="wrong", address=HERE, language="en"):
    return client.post(
        reverse("wagtailadmin_login"),
        {"username": username, "password": password},
        REMOTE_ADDR=address,
        headers={"accept-language": language},
    )


def fail(client, username, times, address=HERE):
    return [attempt(client, username, address=address).status_code for _time in range(times)]


def count_failures(username, times, address):
    """Store failures as if they had been made, which is faster."""
    AccessAttempt.objects.create(
        username=username, ip_address=address, failures_since_start=times, user_agent="other"
    )


@pytest.fixture
def chief():
    return make_user("admin", "chief")


@pytest.mark.parametrize("username", ["chief", "nobody"])
def test_an_account_is_locked_at_an_address_whether_it_exists_or_not(client, chief, username):
    assert fail(client, username, 6) == [200] * 4 + [429] * 2
    right = attempt(client, username, "password")

    assert right.status_code == 429
    assert int(right["Retry-After"]) == 15 * 60
    assert LOCKED["en"] in right.text
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_screen_says_in_both_languages_what_to_do(client, language):
    count_failures("chief", 5, HERE)
    answer = attempt(client, "chief", language=language)
    assert LOCKED[language] in answer.text
    assert {"fr": "Mot de passe oublié", "en": "Forgotten password?"}[language] in answer.text
    assert reverse("wagtailadmin_password_reset") in answer.text


def test_others_at_the_address_and_the_account_elsewhere_go_on(client, chief):
    fail(client, "chief", 6)
    make_user("editor", "editor")
    assert attempt(client, "editor", "password").status_code == 302
    assert attempt(Client(), "chief", "password", address=THERE).status_code == 302


def test_a_lock_ends_and_further_attempts_do_not_lengthen_it(client, chief):
    fail(client, "chief", 7)
    assert AccessAttempt.objects.get().failures_since_start == 5
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=16))
    assert attempt(client, "chief", "password").status_code == 302


def test_many_addresses_lock_an_account_but_not_in_a_browser_it_has_used(client, chief):
    assert attempt(client, "chief", "password").status_code == 302
    client.post(reverse("wagtailadmin_logout"))
    count_failures("chief", throttling.MOST_OF_ACCOUNT, THERE)

    assert attempt(Client(), "chief", "password").status_code == 429
    assert attempt(client, "chief", "password").status_code == 302
    chief.set_password("another")
    chief.save()
    count_failures("chief", throttling.MOST_OF_ACCOUNT, "203.0.113.1")
    assert attempt(client, "chief", "another").status_code == 429


def test_a_known_browser_has_a_limit_as_well(client, chief):
    attempt(client, "chief", "password")
    client.post(reverse("wagtailadmin_logout"))
    count_failures("chief", throttling.MOST_OF_ACCOUNT_IN_KNOWN_BROWSER, THERE)
    assert attempt(client, "chief", "password").status_code == 429


def test_a_made_up_cookie_makes_no_browser_known(client, chief):
    client.cookies["known_browser"] = "WyJjaGllZiIsIngiXQ:1abc:made-up"
    count_failures("chief", throttling.MOST_OF_ACCOUNT, THERE)
    assert attempt(client, "chief", "password").status_code == 429


def test_many_accounts_lock_an_address(client, chief):
    for number in range(10):
        count_failures(f"name-{number}", throttling.MOST_AT_ADDRESS // 10, HERE)
    answer = attempt(client, "chief", "password")
    assert answer.status_code == 429
    assert "from your network" in answer.text
    assert attempt(Client(), "chief", "password", address=THERE).status_code == 302


def test_an_address_that_is_not_known_locks_nobody_else(client, chief):
    count_failures("somebody", 500, None)
    assert attempt(client, "chief", "password", address="").status_code == 302


def test_signing_in_forgets_failures_at_this_address_only(client, chief):
    fail(client, "chief", 3)
    count_failures("chief", 9, THERE)
    count_failures("editor", 9, HERE)
    attempt(client, "chief", "password")
    left = AccessAttempt.objects.values_list("username", "ip_address").order_by("username")
    assert list(left) == [("chief", THERE), ("editor", HERE)]


def test_a_new_password_unlocks_an_account(client, chief):
    count_failures("chief", 5, HERE)
    confirm = reverse(
        "wagtailadmin_password_reset_confirm",
        args=[
            urlsafe_base64_encode(force_bytes(chief.pk)),
            default_token_generator.make_token(chief),
        ],
    )
    form = client.get(confirm, follow=True)
    new = "a-much-longer-secret"
    client.post(form.redirect_chain[-1][0], {"new_password1": new, "new_password2": new})
    assert attempt(client, "chief", new).status_code == 302


def test_every_attempt_has_one_line_in_the_log(client, caplog):
    caplog.set_level(logging.WARNING)
    name = "chief\n2026-01-01 INFO forged"
    fail(client, name, 7)
    lines = [r.getMessage() for r in caplog.records if r.name.startswith(("axes", "operations"))]
    assert len([line for line in lines if HERE in line and "'chief\\n" in line]) >= 7
    assert not any("\n" in line for line in lines)


@pytest.mark.parametrize(
    ("header", "address", "locked"), [(None, HERE, True), ("HTTP_X_FORWARDED_FOR", THERE, False)]
)
def test_a_header_counts_only_behind_a_proxy(client, settings, chief, header, address, locked):
    settings.CLIENT_ADDRESS_HEADER = header
    for number in range(6):
        client.post(
            reverse("wagtailadmin_login"),
            {"username": "chief", "password": "wrong"},
            REMOTE_ADDR=HERE,
            headers={"x-forwarded-for": f"203.0.113.{number}, 198.51.100.{number}"},
        )
    right = client.post(
        reverse("wagtailadmin_login"),
        {"username": "chief", "password": "password"},
        REMOTE_ADDR=HERE,
        headers={"x-forwarded-for": "203.0.113.1, 198.51.100.77"},
    )
    assert (right.status_code == 429) is locked


def ask_for_link(client, email, address=HERE, language="en"):
    return client.post(
        reverse("wagtailadmin_password_reset"),
        {"email": email},
        REMOTE_ADDR=address,
        headers={"accept-language": language},
    )


def test_links_for_a_new_password_are_limited_alike_for_everybody(client, chief):
    for number, email in enumerate([chief.email, "nobody@example.org"]):
        address = f"192.0.2.{number}"
        answers = [ask_for_link(client, email, address) for _ in range(MOST_FOR_EMAIL + 1)]
        assert [answer.status_code for answer in answers] == [302] * MOST_FOR_EMAIL + [429]
        assert "Too many links" in answers[-1].text
    assert len(mail.outbox) == MOST_FOR_EMAIL
    assert ask_for_link(client, chief.email.upper(), THERE).status_code == 429


@pytest.mark.parametrize("language", ["fr", "en"])
def test_links_are_limited_by_address(client, language):
    for number in range(20):
        ask_for_link(client, f"name-{number}@example.org")
    answer = ask_for_link(client, "other@example.org", language=language)
    assert answer.status_code == 429
    assert {"fr": "Trop de liens", "en": "Too many links"}[language] in answer.text
    assert ask_for_link(client, "other@example.org", THERE).status_code == 302
