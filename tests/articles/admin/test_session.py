"""What a form that was open for long is told about its session."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_article, make_user, sign_in

pytestmark = pytest.mark.django_db


def ask(client):
    return client.get(reverse("diptych_session"))


def test_whoever_is_signed_out_is_led_to_the_login(client):
    answer = ask(client)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("kept_in_session", [True, False])
def test_a_form_goes_on_with_the_token_of_the_new_session(journal, settings, kept_in_session):
    settings.CSRF_USE_SESSIONS = kept_in_session
    browser = Client(enforce_csrf_checks=True)
    user = sign_in(browser, "admin")
    article = make_article(journal, "Titre")
    form = reverse("wagtailadmin_pages:edit", args=(article.pk,))
    old = ask(browser).json()
    browser.logout()
    browser.cookies.clear()
    browser.force_login(user)

    posted = {"csrfmiddlewaretoken": old["token"]}
    assert browser.post(form, posted).status_code == 403
    new = ask(browser).json()
    assert new["person"] == old["person"] == str(user.pk)
    assert browser.post(form, {"csrfmiddlewaretoken": new["token"]}).status_code != 403


def test_it_says_who_is_signed_in_and_is_not_kept(client):
    sign_in(client, "admin")
    first = ask(client)
    assert "no-store" in first["Cache-Control"]
    client.force_login(make_user("moderator"))
    assert ask(client).json()["person"] != first.json()["person"]
