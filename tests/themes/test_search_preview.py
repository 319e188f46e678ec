"""The editor previews a page in search results and as a shared link, as its head will say it."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from diptych.articles.models import JournalSettings
from diptych.themes.pictures.rendition_specs import SHARE_SPEC
from tests.articles.languages import editor
from tests.factories import make_article, make_image, publish_draft, sign_in, write_draft


@pytest.fixture
def article(journal):
    return make_article(journal, live_in=["fr"])


def previews(response):
    """The part of the side panel about each language, by its code."""
    panel = BeautifulSoup(response.content, "html.parser").select_one(".diptych-search-preview")
    names = [each["aria-labelledby"].rsplit("-", 1)[1] for each in panel.select("section")]
    return dict(zip(names, panel.select("section"), strict=True))


def edit_screen(client, article):
    return client.get(reverse("wagtailadmin_pages:edit", args=(article.pk,)))


def text(part, name):
    return part.select_one(f".diptych-search-preview__{name}").get_text(" ", strip=True)


def test_it_shows_what_the_head_of_each_language_says(admin, article):
    publish_draft(
        article,
        is_public_en=True,
        publish_requested_en=True,
        meta_title_en="Frozen lakes of the north",
        meta_description_en="Where to skate this winter.",
    )
    shown = previews(edit_screen(admin, article))
    for language, part in shown.items():
        head = BeautifulSoup(admin.get(article.url_in(language)).content, "html.parser").head
        assert text(part, "title") == head.title.text
        assert text(part, "description") == head.select_one("[name=description]")["content"]
        share_title = head.select_one("[property='og:title']")["content"]
        assert text(part, "share-title") == share_title
        image = head.select_one("[property='og:image']")["content"]
        assert image.endswith(part.img["src"])
    assert text(shown["fr"], "title") == "Le lac gèle – Diptyque"
    assert text(shown["en"], "title") == "Frozen lakes of the north – Diptyque"
    assert text(shown["fr"], "address") == "testserver › fr › articles › le-lac-gele"


def test_it_says_how_long_they_are_and_where_they_come_from(admin, article):
    write_draft(article, meta_title_en="Ice " * 20, meta_description_en="Cold " * 40)
    shown = previews(edit_screen(admin, article))
    lengths = text(shown["en"], "lengths")
    assert "91 characters, cut after about 60" in lengths
    assert "199 characters, cut after about 155" in lengths
    assert text(shown["en"], "title").endswith("Ice…")
    assert len(text(shown["en"], "title")) <= 61
    lengths = text(shown["fr"], "lengths")
    assert "22 characters, shown whole, made from the headline" in lengths
    assert "made from the text" in lengths


def test_the_words_are_french_in_a_french_admin(client, article):
    sign_in(client, language="fr")
    lengths = text(previews(edit_screen(client, article))["fr"], "lengths")
    assert "22 caractères, affichés en entier, d’après le titre" in lengths


def test_the_card_has_the_picture_as_it_is_cropped_for_sharing(admin, article):
    image = make_image(width=1600, height=1200)
    write_draft(article, hero_image=image, hero_alt_en="Ice on the lake")
    rendition = image.get_rendition(SHARE_SPEC)
    picture = previews(edit_screen(admin, article))["en"].img
    assert picture["src"] == rendition.url
    assert (picture["width"], picture["height"], picture["alt"]) == (
        "1200",
        "630",
        "Ice on the lake",
    )


def test_an_automatic_save_brings_it_up_to_date(admin, article):
    form = editor.article_form("Le lac dégèle", "The lake thaws")
    answer = editor.autosave(admin, article, form).json()
    assert "The lake thaws – Diptyque" in answer["html"]


@pytest.mark.rare
def test_pages_that_show_a_list_borrow_the_picture_of_its_first_article(journal, admin, article):
    JournalSettings.objects.update_or_create(
        site=journal.site, defaults={"tagline_en": "A tagline"}
    )
    home = previews(edit_screen(admin, journal.home))["en"]
    assert home.img is None
    assert "first article" in home.text
    assert text(home, "title") == "Diptyque – A tagline"
