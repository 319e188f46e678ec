"""The guides in the help menu, and the name of the journal in the admin."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from diptych.articles.models import JournalSettings
from diptych.themes.models import AppearanceSettings
from diptych.themes.parts.logos import LOGO_SPEC
from operations.guides import DOCS
from tests.factories import make_image, sign_in
from tests.operations.test_demo_contents import FRENCH

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "title"), [("fr", "Guide de la rédaction"), ("en", "Guide for editors")]
)
def test_the_guides_are_in_the_help_menu_and_can_be_read(journal, client, language, title):
    sign_in(client, "editor", language=language)
    address = reverse("journal_guide", args=["guide-editors"])
    home = client.get(reverse("wagtailadmin_home")).text
    assert address in home
    assert reverse("journal_guide", args=["guide-translators"]) in home
    page = client.get(address).text
    assert f"<title>{title}" in re.sub(r"\s*\n\s*", "", page)
    assert '.md"' not in page
    pictures = re.findall(r'<img src="([^"]+)"', page)
    assert pictures
    assert {client.get(each)["Content-Type"] for each in pictures} == {"image/png"}
    links = re.findall(r'href="(/admin/guide/[a-z-]+/)', page)
    assert {client.get(each).status_code for each in links} == {200}


def test_french_guides_are_set_as_french_is_printed():
    guides = sorted(DOCS.glob("*.fr.md"))
    assert len(guides) > 8
    for guide in guides:
        # The table of typography shows spaces by signs.
        if guide.name == "typography.fr.md":
            continue
        rows = guide.read_text(encoding="utf-8").splitlines()
        prose = [re.sub(r"`[^`]*`", "", row) for row in rows if not row.startswith("    ")]
        found = [FRENCH.search(row) for row in prose]
        assert not [each.string for each in found if each], guide.name


@pytest.mark.parametrize(
    ("language", "title"), [("fr", "La lettre d’information"), ("en", "Newsletter")]
)
def test_the_guide_to_the_newsletter_is_for_those_who_write_it(journal, client, language, title):
    address = reverse("journal_guide", args=["newsletter"])
    sign_in(client, "editor", language=language)
    assert address not in client.get(reverse("wagtailadmin_home")).text
    sign_in(client, language=language)
    assert address in client.get(reverse("wagtailadmin_home")).text
    page = client.get(address).text
    assert f"<title>{title}" in re.sub(r"\s*\n\s*", "", page)
    links = re.findall(r'href="(/admin/guide/[a-z-]+/)', page)
    assert links and {client.get(each).status_code for each in links} == {200}


def test_a_guide_leads_to_itself_in_another_language(journal, client):
    sign_in(client, language="fr")
    address = reverse("journal_guide", args=["newsletter"])
    text = BeautifulSoup(client.get(address).content, "lxml").select_one(".journal-guide")
    (link,) = text.find_all("a", string="version anglaise")
    assert (text["lang"], link["href"]) == ("fr", f"{address}?language=en")
    for asked, title, language in (("en", "Newsletter", "en"), ("../fr", "La lettre", "fr")):
        page = BeautifulSoup(client.get(address, {"language": asked}).content, "lxml")
        assert title in page.h1.text
        assert page.select_one(".journal-guide")["lang"] == language


def test_there_is_no_other_guide(journal, admin):
    address = reverse("journal_guide", args=["nothing"])
    assert admin.get(address, follow=True).status_code == 404


@pytest.mark.parametrize("name", ["none.png", "..png", "x.svg"])
def test_there_is_no_other_picture(journal, admin, name):
    assert admin.get(reverse("journal_guide_picture", args=[name]), follow=True).status_code == 404


def test_the_guides_are_for_those_who_have_signed_in(journal, client):
    assert client.get(reverse("journal_guide", args=["guide-editors"])).status_code == 302


@pytest.mark.parametrize(
    ("language", "heading"), [("fr", "Connexion\u00a0: Rives"), ("en", "Sign in: Shores")]
)
def test_one_signs_in_to_the_journal(journal, client, language, heading):
    JournalSettings.objects.create(site=journal.site, name_fr="Rives", name_en="Shores")
    response = client.get("/admin/login/", headers={"accept-language": language})
    page = BeautifulSoup(response.content, "lxml")
    assert page.h1.get_text(strip=True) == heading
    assert "Wagtail" not in page.title.text + page.main.text


@pytest.mark.parametrize(("language", "name"), [("fr", "Rives"), ("en", "Shores")])
def test_the_admin_has_the_name_of_the_journal(journal, client, language, name):
    JournalSettings.objects.create(site=journal.site, name_fr="Rives", name_en="Shores")
    sign_in(client, language=language)
    for address in ("/admin/", "/admin/pages/", "/admin/account/"):
        page = BeautifulSoup(client.get(address, follow=True).content, "lxml")
        assert page.title.get_text(strip=True).endswith(f"- {name}")
        brand = page.select_one("template[data-wagtail-sidebar-branding-logo]")
        assert [each.string.strip() for each in brand.select(".journal-brand > *")] == [
            name[0],
            name,
        ]


def test_the_sidebar_has_the_logo_for_a_dark_ground(
    journal, admin, django_capture_on_commit_callbacks
):
    light, dark = make_image(), make_image()
    values = {"logo": light, "logo_dark": dark}
    with django_capture_on_commit_callbacks(execute=True):
        AppearanceSettings.objects.update_or_create(site=journal.site, defaults=values)
    page = BeautifulSoup(admin.get("/admin/").content, "lxml")
    brand = page.select_one("template[data-wagtail-sidebar-branding-logo]")
    assert brand.img["src"] == dark.get_rendition(LOGO_SPEC).url
