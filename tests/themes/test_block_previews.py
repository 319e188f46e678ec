"""What the picker of the editor shows of each block before it is chosen."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from articles.blocks import BodyBlock
from articles.models import ArticlePage
from tests.factories import make_article, make_image, make_journal, sign_in

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
    return BeautifulSoup(response.content, "html.parser").body


def text_of(element):
    return " ".join(element.get_text(" ").split())


@pytest.mark.parametrize("kind", KINDS)
def test_every_block_shows_something(client, journal, kind):
    make_image()
    shown = preview(client, kind)
    assert text_of(shown) or shown.img


def test_a_link_shows_the_newest_article_there_is_to_read(client, journal):
    make_article(journal, "Ancien", "Older")
    make_article(journal, "Nouveau", "Newer", hero_image=make_image())
    make_article(journal, "Seulement", None, live_in=["fr"])
    make_article(journal, "Brouillon", "Draft", live_in=[])
    shown = preview(client, "article")
    assert text_of(shown) == "Read also Newer"
    assert shown.img


def test_an_embed_says_what_it_is_and_where_it_leads(client):
    shown = preview(client, "embed")
    assert text_of(shown.select_one(".embed__title"))
    assert shown.select_one("a.button")["href"]
