"""Signing in through a provider, which vouches for an address and gives nobody an account."""

import json
from copy import deepcopy
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils.timezone import now

from operations.accounts.closing import close_account
from operations.privacy import people
from tests.factories import make_user

pytestmark = pytest.mark.django_db

HOME = "/admin/"
START = "/admin/single-sign-on/oidc/institution/login/"


class Provider(BaseHTTPRequestHandler):
    """A provider of OpenID Connect; its answers are in the server."""

    def do_GET(self):
        address = f"http://127.0.0.1:{self.server.server_port}"
        answers = {
            "/.well-known/openid-configuration": {
                "issuer": address,
                "authorization_endpoint": f"{address}/authorize",
                "token_endpoint": f"{address}/token",
                "userinfo_endpoint": f"{address}/userinfo",
                "jwks_uri": f"{address}/keys",
            },
            "/token": {"access_token": "token", "token_type": "Bearer"},
            "/userinfo": self.server.person,
        }
        body = json.dumps(answers[self.path]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def provider(settings):
    server = HTTPServer(("127.0.0.1", 0), Provider)
    providers = deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    (app,) = providers["openid_connect"]["APPS"]
    app["settings"]["server_url"] = f"http://127.0.0.1:{server.server_port}"
    settings.SOCIALACCOUNT_PROVIDERS = providers
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def come_back(client, provider, process="login", **person):
    """The answer to somebody whom the provider has sent back as ``person``."""
    provider.person = {"sub": "somebody", "email_verified": True, **person}
    sent = client.get(START, {"next": "/admin/account/", "process": process})
    state = parse_qs(urlsplit(sent.url).query)["state"][0]
    return client.get(f"{START}callback/", {"code": "code", "state": state})


def test_the_sign_in_screen_leads_to_the_provider(client):
    assert f'href="{START}?next=' in client.get("/admin/login/").text


def test_somebody_with_an_account_is_let_in_and_stays_connected(client, provider):
    make_user("editor", "owner", email="owner@example.org")
    answer = come_back(client, provider, email="Owner@example.org")
    assert answer.url == "/admin/account/"
    assert client.get(HOME).status_code == 200

    client.post("/admin/logout/")
    come_back(client, provider, email="changed@example.org")
    assert client.get(HOME).status_code == 200


@pytest.mark.parametrize(
    "person",
    [
        {"email": "stranger@example.org"},
        {"email": "owner@example.org", "email_verified": False},
        {"email": "twice@example.org"},
        {"email": "gone@example.org"},
        {},
    ],
)
def test_nobody_else_is_let_in_or_given_an_account(client, provider, person):
    make_user("admin", "owner", email="owner@example.org")
    make_user("editor", "one", email="twice@example.org")
    make_user("editor", "two", email="twice@example.org")
    make_user("editor", "gone", email="gone@example.org", is_active=False)
    count = get_user_model().objects.count()
    answer = come_back(client, provider, **person)
    assert answer.status_code in {200, 302}
    assert client.get(HOME).status_code == 302
    assert get_user_model().objects.count() == count
    assert "no account of the journal" in answer.text or "aucun compte" in answer.text


def test_an_account_that_was_closed_since_is_told_so(client, provider):
    owner = make_user("editor", "owner", email="owner@example.org")
    come_back(client, provider, email="owner@example.org")
    client.post("/admin/logout/")
    get_user_model().objects.filter(pk=owner.pk).update(is_active=False)
    answer = come_back(client, provider, email="owner@example.org")
    assert client.get(answer.url).status_code == 200
    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_a_link_connects_nobody_who_is_signed_in(client, provider, process):
    client.force_login(make_user("editor", "owner", email="owner@example.org"))
    answer = come_back(client, provider, process=process, email="stranger@example.org")
    assert answer.url == "/admin/single-sign-on/error/"
    assert "institution" in client.get(answer.url).text
    assert not SocialAccount.objects.exists()


def test_who_somebody_is_at_the_provider_is_exported_and_forgotten(client, provider):
    owner = make_user("editor", "owner", email="owner@example.org")
    come_back(client, provider, email="owner@example.org", name="Ana Quiet")
    (account,) = people.exported(owner)["single_sign_on"]
    assert account["uid"] == "somebody" and "Ana Quiet" in str(account["extra_data"])
    close_account(owner)
    assert not SocialAccount.objects.exists()
    owner.refresh_from_db()
    SocialAccount.objects.create(user=owner, provider="institution", uid="again")
    people.erase(owner)
    assert not SocialAccount.objects.exists()


def test_addresses_in_the_table_of_tasks_are_forgotten():
    model = pytest.importorskip("django_tasks_db.models").DBTaskResult

    def asks(address, status):
        arguments = {"args": [address, "fr", {}], "kwargs": {}}
        path = "operations.mail.password_reset.send_letters"
        model.objects.create(
            task_path=path, args_kwargs=arguments, status=status, run_after=now(), finished_at=now()
        )

    owner = make_user("editor", "owner", email="ana@example.org", is_active=False)
    asks("stranger@example.org", "SUCCESSFUL")
    call_command("forget_old", verbosity=0)
    assert not model.objects.exists()
    asks("Ana@example.org", "FAILED")
    asks("diana@example.org", "FAILED")
    people.erase(owner)
    (left,) = model.objects.values_list("args_kwargs", flat=True)
    assert left["args"][0] == "diana@example.org"
    model.objects.update(finished_at=now() - timedelta(days=15))
    call_command("forget_old", verbosity=0)
    assert not model.objects.exists()


def test_the_second_factor_is_asked_for_all_the_same(client, provider):
    owner = make_user("editor", "owner", email="owner@example.org")
    TOTP.activate(owner, generate_totp_secret())
    answer = come_back(client, provider, email="owner@example.org")
    assert answer.url == "/admin/second-factor/authenticate/"
    assert client.get(HOME).status_code == 302


def test_somebody_without_a_password_sets_up_a_factor(client, provider):
    owner = make_user("moderator", "owner", email="owner@example.org")
    owner.set_unusable_password()
    owner.save()
    come_back(client, provider, email="owner@example.org")
    assert client.get(HOME).url == "/admin/second-factor/"
    assert client.get("/admin/second-factor/totp/activate/").status_code == 200


@pytest.mark.parametrize(
    "query", [{}, {"error": "access_denied"}, {"state": "made-up", "code": "x"}]
)
def test_what_the_provider_did_not_send_is_refused_in_words(client, provider, query):
    provider.person = {}
    answer = client.get(f"{START}callback/", query, follow=True)
    assert answer.status_code < 500
    assert "institution" in answer.text
    assert client.get(HOME).status_code == 302
