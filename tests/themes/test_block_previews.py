"""What the picker of the editor says and shows of each block before it is chosen."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from diptych.articles.blocks import BodyBlock
from diptych.articles.models import ArticlePage
from tests.articles.admin.html import text_of
from tests.factories import make_article, make_image, make_journal, sign_in
from tests.tiers import one_of

pytestmark = pytest.mark.django_db

KINDS = list(BodyBlock().child_blocks)


@pytest.fixture(autouse=True)
def journal(client):
    sign_in(client, language="en")
    return make_journal()


def preview(client, kind):
    block = ArticlePage._meta.get_field("body_en").stream_block.child_blocks[kind]
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml").body


def offered(client, journal, language):
    """What the editor is told of each kind of block, by its name: label, icon, description…"""
    sign_in(client, language=language)
    names = ("diptych", "articlepage", journal.articles.pk)
    response = client.get(reverse("wagtailadmin_pages:add", args=names))
    page = BeautifulSoup(response.content, "lxml")
    (name,) = json.loads(page.select_one("#body_en")["data-w-block-data-value"])["_args"]
    packed = json.loads(page.find(id=name).string)
    _name, groups, _new, _meta = unpacked(packed, {})["_args"]
    kinds = [kind["_args"] for _group, members in groups for kind in members]
    return {kind[0]: kind[-1] for kind in kinds}


def unpacked(packed, known):
    """Data for the browser with each thing in every place where it is used, as it does."""
    if isinstance(packed, list):
        return [unpacked(each, known) for each in packed]
    if not isinstance(packed, dict):
        return packed
    if "_ref" in packed:
        return known[packed["_ref"]]
    plain = next((packed[key] for key in ("_val", "_list", "_dict") if key in packed), packed)
    if plain is packed:
        plain = {key: unpacked(each, known) for key, each in packed.items() if key != "_id"}
    else:
        plain = unpacked(plain, known)
    if "_id" in packed:
        known[packed["_id"]] = plain
    return plain


def test_the_editor_offers_the_twelve_kinds(client, journal):
    assert len(KINDS) == 12
    assert sorted(offered(client, journal, "en")) == sorted(KINDS)


def test_every_block_is_named_and_described_in_the_language_of_the_editor(
    client, journal, subtests
):
    french, english = offered(client, journal, "fr"), offered(client, journal, "en")
    for kind in KINDS:
        with subtests.test(kind):
            described = french[kind]["description"], english[kind]["description"]
            assert all(each.strip() for each in described)
            assert described[0] != described[1]
            assert french[kind]["label"] and english[kind]["label"]


def test_every_block_has_a_picture_of_its_own_to_be_found_by(client, journal):
    icons = [each["icon"] for each in offered(client, journal, "en").values()]
    assert all(icons) and "placeholder" not in icons
    assert len(set(icons)) == len(icons)


def test_every_block_can_be_looked_at_before_it_is_chosen(client, journal):
    assert all(each["isPreviewable"] for each in offered(client, journal, "en").values())


@pytest.mark.parametrize("language", one_of(["fr", "en"], "rare"))
@pytest.mark.parametrize("kind", KINDS)
def test_every_block_shows_something(client, journal, kind, language):
    make_image()
    sign_in(client, language=language)
    shown = preview(client, kind)
    assert text_of(shown) or shown.img


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("image", "gallery")])
def test_what_it_shows_is_in_the_language_of_the_editor(client, journal, kind):
    sign_in(client, language="fr")
    french = text_of(preview(client, kind))
    sign_in(client, language="en")
    english = text_of(preview(client, kind))
    assert french and english
    assert french != english


@pytest.mark.parametrize(("language", "alt"), [("fr", "Un lac gelé"), ("en", "A frozen lake")])
@pytest.mark.parametrize("kind", ["image", "gallery"])
def test_the_pictures_it_shows_are_described_in_it_too(client, journal, kind, language, alt):
    make_image()
    sign_in(client, language=language)
    assert [image["alt"] for image in preview(client, kind).find_all("img")] == [alt]


def test_a_link_shows_the_newest_article_there_is_to_read(client, journal):
    make_article(journal, "Ancien", "Older")
    make_article(journal, "Nouveau", "Newer", hero_image=make_image())
    make_article(journal, "Seulement", None, live_in=["fr"])
    make_article(journal, "Brouillon", "Draft", live_in=[])
    shown = preview(client, "article")
    assert text_of(shown) == "Further reading Newer"
    assert shown.img


def test_an_embed_says_what_it_is_and_where_it_leads(client):
    shown = preview(client, "embed")
    assert text_of(shown.select_one(".embed__title"))
    assert shown.select_one("a.button")["href"]
