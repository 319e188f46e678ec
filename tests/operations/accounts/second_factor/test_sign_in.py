"""No way into the admin leads around the second factor."""

import re
import time
from datetime import timedelta
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.core.cache.backends import locmem
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from operations.accounts.closing import close_account
from operations.accounts.models import FactorRecord
from operations.accounts.second_factor.counts import CountsInDatabase
from tests.factories import make_user
from tests.wagtail_versions import MENU

pytestmark = pytest.mark.django_db

HOME = "/admin/"
SIGN_IN = "/admin/login/"
GIVE_CODE = "/admin/second-factor/authenticate/"
SET_UP = "/admin/second-factor/"


def code_for(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def enter(client, username="owner", password="password", **values):
    return client.post(SIGN_IN, {"username": username, "password": password, **values})


@pytest.fixture
def secret():
    return generate_totp_secret()


@pytest.fixture
def owner(secret):
    """An editor, who need not have a factor and has one."""
    user = make_user("editor", "owner")
    TOTP.activate(user, secret)
    return user


def test_a_password_alone_signs_nobody_in(client, owner, secret):
    assert enter(client).url == GIVE_CODE
    assert client.get(HOME).url.startswith(SIGN_IN)
    assert client.post(GIVE_CODE, {"code": "000000"}).status_code == 200
    assert client.get(HOME).url.startswith(SIGN_IN)

    assert client.post(GIVE_CODE, {"code": code_for(secret)}).url == HOME
    assert client.get(HOME).status_code == 200


def test_a_code_is_taken_behind_a_unix_socket(owner, secret):
    client = Client(REMOTE_ADDR="")
    enter(client)
    assert client.post(GIVE_CODE, {"code": code_for(secret)}).url == HOME


def test_a_newsroom_with_one_address_gives_as_many_codes_as_it_has_people(rf):
    request = rf.post(GIVE_CODE, REMOTE_ADDR="203.0.113.7")
    given = [consume(request, action="login_failed", key=str(person)) for person in range(11)]
    assert all(given)
    attempts = [consume(request, action="login_failed", key="one") for _time in range(6)]
    assert all(attempts[:5]) and not attempts[5]


def test_limits_count_the_address_that_the_proxy_wrote(rf, settings):
    settings.CLIENT_ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR"
    request = rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="a, 203.0.113.7")
    assert get_adapter(request).get_client_ip(request) == "203.0.113.7"


def test_the_address_that_was_asked_for_is_opened_after_both_steps(client, owner, secret):
    enter(client, next="/admin/account/")
    assert client.post(GIVE_CODE, {"code": code_for(secret)}).url == "/admin/account/"


@pytest.mark.parametrize("remembered", [True, False])
def test_the_choice_to_be_remembered_outlasts_the_second_step(client, owner, secret, remembered):
    enter(client, **({"remember": "on"} if remembered else {}))
    client.post(GIVE_CODE, {"code": code_for(secret)})
    assert client.session.get_expire_at_browser_close() is not remembered


def test_a_code_is_good_once(client, owner, secret):
    code = code_for(secret)
    enter(client)
    client.post(GIVE_CODE, {"code": code})
    other = Client()
    enter(other)
    other.post(GIVE_CODE, {"code": code})
    assert other.get(HOME).status_code == 302


def test_whatever_allauth_asks_of_its_cache_is_kept_in_the_database():
    """Another method of the cache would count in each process by itself."""
    folder = Path(allauth.__file__).parent
    called = {
        name
        for path in folder.rglob("*.py")
        for name in re.findall(r"\bcache\.(\w+)\(", path.read_text())
    }
    assert {"add", "get", "set", "delete"} <= called <= vars(CountsInDatabase).keys()


def forget():
    """Empty the memory of this process, as another one begins with."""
    locmem._caches.clear()


def test_a_code_that_another_process_has_taken_is_not_good_again(client, owner, secret):
    code = code_for(secret)
    enter(client)
    assert client.post(GIVE_CODE, {"code": code}).url == HOME
    forget()
    other = Client()
    enter(other)
    assert other.post(GIVE_CODE, {"code": code}).status_code == 200
    assert other.get(HOME).status_code == 302


def test_all_processes_count_the_same_wrong_codes(owner, secret):
    for number in range(5):
        forget()
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        enter(client)
        client.post(GIVE_CODE, {"code": "000000"})
    forget()
    client = Client(REMOTE_ADDR="203.0.113.9")
    enter(client)
    assert client.post(GIVE_CODE, {"code": code_for(secret)}).status_code == 200
    assert client.get(HOME).status_code == 302


def test_what_is_counted_is_deleted_after_its_time(client, owner, secret):
    enter(client)
    client.post(GIVE_CODE, {"code": "000000"})
    FactorRecord.objects.update(expires=now() - timedelta(minutes=1))
    call_command("forget_old")
    assert not FactorRecord.objects.exists()


def test_wrong_codes_lock_the_account_as_wrong_passwords_do(client, owner, secret):
    enter(client)
    for _time in range(5):
        answer = client.post(GIVE_CODE, {"code": "000000"})
    assert answer.status_code == 429
    answer = client.post(GIVE_CODE, {"code": code_for(secret)})
    assert "Trop de tentatives" in answer.text or "Too many failed attempts" in answer.text
    assert enter(Client()).status_code == 429


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        MENU,
        "/admin/diptych/session/",
        "/admin/pages/",
        "/admin/account/sessions/",
        "/admin/second-factor/",
        "/admin/second-factor/totp/deactivate/",
        "/admin/second-factor/recovery-codes/",
    ],
)
def test_a_session_without_the_factor_is_nobodys(client, owner, address):
    client.force_login(owner)
    answer = client.get(address)
    assert answer.status_code in {302, 403}
    if answer.status_code == 302:
        assert answer.url.startswith(SIGN_IN)


def test_a_session_without_the_factor_answers_scripts_with_403(client, owner):
    client.force_login(owner)
    answer = client.get("/admin/diptych/session/", headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 403


def test_a_new_password_by_mail_does_not_replace_the_factor(client, owner):
    client.post("/admin/password_reset/", {"email": owner.email})
    path = re.search(r"https?://[^/]+(/\S+/confirm/\S+)", mail.outbox[0].body)[1]
    form = client.get(path, follow=True).redirect_chain[-1][0]
    new = "quite-another-secret"
    client.post(form, {"new_password1": new, "new_password2": new})
    assert client.get(HOME).url.startswith(SIGN_IN)
    assert enter(client, password=new).url == GIVE_CODE


def test_signing_in_again_elsewhere_lets_an_open_form_go_on(client, owner, secret):
    """As after the end of a session: another tab signs in, and the form asks who is signed in."""
    enter(client)
    client.post(GIVE_CODE, {"code": code_for(secret)})
    assert client.get(reverse("diptych_session")).json()["person"] == str(owner.pk)


@pytest.mark.parametrize(
    ("role", "asked"), [("moderator", True), ("admin", True), ("editor", False)]
)
def test_groups_that_must_have_a_factor_set_one_up_first(client, role, asked):
    make_user(role, "newcomer")
    enter(client, "newcomer")
    answer = client.get(HOME)
    assert (answer.status_code, getattr(answer, "url", None)) == (
        (302, SET_UP) if asked else (200, None)
    )
    assert client.get(SET_UP).status_code == 200
    if not asked:
        return
    assert client.post("/admin/pages/", {}).url.startswith(SIGN_IN)
    api = client.get(MENU, headers={"accept": "application/json"})
    assert api.status_code in {302, 401, 403}

    set_up = f"{SET_UP}totp/activate/"
    assert client.get(set_up).url.startswith(f"{SET_UP}password/")
    client.post(f"{SET_UP}password/?next={set_up}", {"password": "password"})
    form = client.get(set_up).context["form"]
    client.post(set_up, {"code": code_for(form.secret)})
    assert client.get(HOME).status_code == 200
    assert client.get(f"{SET_UP}recovery-codes/").status_code == 200
    again = Client()
    assert enter(again, "newcomer").url == GIVE_CODE


def test_a_recovery_code_lets_in_once(client, owner, secret):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    codes = RecoveryCodes.activate(owner).get_unused_codes()
    for browser, expected in [(client, 200), (Client(), 302)]:
        enter(browser)
        browser.post(GIVE_CODE, {"code": codes[0]})
        assert browser.get(HOME).status_code == expected


def test_secrets_are_not_readable_in_the_database(owner, secret):
    assert secret not in str(Authenticator.objects.get(user=owner).data)


def test_administrators_remove_the_factor_of_somebody_who_has_lost_it(client, owner, secret):
    chief = make_user("admin", "chief")
    TOTP.activate(chief, secret)
    enter(client, "chief")
    client.post(GIVE_CODE, {"code": code_for(secret)})
    address = reverse("journal_sessions", args=[owner.pk])
    assert "remove-factor" in client.get(address).text
    client.post(address, {"remove-factor": "1"})
    assert enter(Client()).url == HOME
    own = reverse("journal_sessions", args=[chief.pk])
    client.post(own, {"remove-factor": "1"})
    assert Authenticator.objects.filter(user=chief).exists()


def test_a_closed_account_keeps_no_factor(owner):
    close_account(owner)
    assert not Authenticator.objects.filter(user=owner).exists()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_screen_speaks_both_languages(client, owner, language):
    enter(client)
    text = client.get(GIVE_CODE, headers={"accept-language": language}).text
    assert {"fr": "deux facteurs", "en": "two-factor"}[language] in text
    assert f'lang="{language}"' in text
