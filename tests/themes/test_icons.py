"""The icons of a journal and its manifest, in each language."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from PIL import Image

from diptych.articles.models import JournalSettings
from diptych.themes.models import AppearanceSettings
from diptych.themes.pictures.rendition_specs import ICON_SIZES
from tests.factories import make_image


def links(client, address="/fr/"):
    head = BeautifulSoup(client.get(address).content, "lxml").head
    names = "link[rel=icon], link[rel=apple-touch-icon], link[rel=manifest]"
    return [(each["rel"][0], each["href"]) for each in head.select(names)]


def test_a_journal_without_an_icon_has_that_of_the_theme(client, journal):
    assert links(client) == [
        ("icon", "/static/diptych/icon-48.png"),
        ("icon", "/static/diptych/favicon.svg"),
        ("apple-touch-icon", "/static/diptych/icon-180.png"),
        ("manifest", "/fr/manifest.webmanifest"),
    ]
    for size in ICON_SIZES:
        with Image.open(finders.find(f"diptych/icon-{size}.png")) as icon:
            assert icon.size == (size, size)


@pytest.mark.parametrize(("language", "name"), [("fr", "Le pont"), ("en", "The bridge")])
def test_the_manifest_is_that_of_a_language(client, journal, language, name):
    names = {"name_fr": "Le pont", "name_en": "The bridge"}
    JournalSettings.objects.update_or_create(site=journal.site, defaults=names)
    response = client.get(f"/{language}/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    assert not response.cookies and "max-age=3600" in response["Cache-Control"]
    manifest = response.json()
    assert (manifest["lang"], manifest["dir"]) == (language, "ltr")
    assert manifest["start_url"] == f"http://testserver/{language}/"
    assert manifest["name"] == name
    assert manifest["background_color"] == manifest["theme_color"] == "#fbf7ef"
    shown = [(each["sizes"], each.get("purpose", "any")) for each in manifest["icons"]]
    assert shown == [
        ("192x192", "any"),
        ("192x192", "maskable"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    assert manifest["icons"][0]["src"] == "http://testserver/static/diptych/icon-192.png"


def test_an_icon_of_the_journal_takes_its_place(
    client, journal, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        icon = make_image(width=600, height=640, title="Icon")
        AppearanceSettings.objects.create(site=journal.site, icon=icon)
    (tab, touch, manifest) = links(client)
    assert "fill-48x48" in tab[1] and "fill-180x180" in touch[1]
    shown = client.get(manifest[1]).json()["icons"]
    assert [each["sizes"] for each in shown] == ["192x192", "512x512"]
    assert "fill-512x512" in shown[1]["src"] and shown[1]["src"].startswith("http://testserver/")
    AppearanceSettings.objects.get().icon.delete()
    assert AppearanceSettings.objects.get().icon is None
