"""Permissions per language."""

import pytest
from django.test import Client

from tests.articles.admin.html import soup, text_of
from tests.articles.interface_texts.conftest import make_translator
from tests.articles.interface_texts.form import ENGLISH, FRENCH, LIST, open_form
from tests.factories import make_user
from tests.tiers import one_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", one_of([ENGLISH, f"{ENGLISH}download/", f"{LIST}de/0/"], "rare")
)
@pytest.mark.parametrize("method", one_of(["get", "post"], "rare"))
def test_another_language_is_refused(translator, address, method):
    response = getattr(translator, method)(address)

    assert response.status_code == 403
    assert (
        "You have no permission to edit the site texts of this language."
        in response.content.decode()
    )


def test_words_posted_to_another_language_are_not_saved(translator, saved_text, client):
    posted = open_form(translator).type("Read on", "Stolen").post(translator, ENGLISH)

    assert posted.status_code == 403
    assert saved_text("Read on", "en") == "Go on reading"


def test_the_list_shows_the_languages_of_the_reader(translator):
    titles = [text_of(each) for each in soup(translator.get(LIST)).select("td.title a")]

    assert titles == ["French"]


def test_without_a_language_there_is_neither_menu_nor_list(client, locale):
    client.force_login(make_translator())

    assert LIST not in client.get("/admin/").content.decode()
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("address", [LIST, FRENCH, f"{FRENCH}download/"])
def test_whoever_may_not_enter_the_admin_finds_nothing(client, locale, address):
    user = make_translator("fr")
    user.user_permissions.remove(user.user_permissions.get(codename="access_admin"))

    assert Client().get(address).url.startswith("/admin/login/")
    client.force_login(user)
    assert client.get(address).status_code == 302


def test_a_superuser_edits_every_language(client, locale):
    client.force_login(make_user("admin"))

    assert [client.get(address).status_code for address in (FRENCH, ENGLISH)] == [200, 200]


def test_no_catalogue_of_another_package_has_an_address(translator):
    assert translator.get(f"{LIST}fr/1/", follow=True).status_code == 404


def test_a_project_names_other_folders(translator, locale, settings, tmp_path):
    other = tmp_path / "elsewhere" / "locale"
    other.parent.mkdir()
    locale.rename(other)

    assert translator.get(FRENCH, follow=True).status_code == 404
    settings.DIPTYCH_INTERFACE_TEXT_FOLDERS = [other]
    assert "elsewhere/locale/fr" in translator.get(LIST).content.decode()
    assert translator.get(FRENCH).status_code == 200


def test_a_form_without_its_token_is_refused(locale):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_translator("fr"))

    assert browser.post(FRENCH, {}).status_code == 403
