"""The first picture of a page is fetched at once; every other one waits until it is scrolled to."""

import pytest
from bs4 import BeautifulSoup

from articles.models import ArticlePage, AuthorPage
from tests.factories import (
    blocks,
    make_article,
    make_author,
    make_image,
    make_journal,
    make_plain_page,
    make_topic,
    publish_draft,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def journal():
    return make_journal()


def small():
    return make_image(width=64, height=48)


def inline():
    return ("image", {"image": small().pk})


def gallery():
    return ("gallery", {"pictures": [{"image": small().pk}, {"image": small().pk}]})


def main_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def is_eager(image):
    return image.get("loading", "eager") == "eager"


def assert_only_the_first_is_eager(client, address):
    images = main_of(client, address).find_all("img")
    assert len(images) > 1
    assert [is_eager(image) for image in images] == [True] + [False] * (len(images) - 1)
    assert [image.get("fetchpriority") for image in images] == ["high"] + [None] * (len(images) - 1)
    assert all(image.get("decoding") == "async" for image in images[1:])


@pytest.fixture
def filled(journal):
    """A journal whose every page has pictures, and several of them."""
    topics = [make_topic(journal)]
    authors = [make_author(journal, name, photo=small()) for name in ("Ana Öz", "Léa Rochat")]
    for number in range(12):
        make_article(
            journal,
            f"Lac {number}",
            f"Lake {number}",
            hero_image=small(),
            body_fr=blocks(inline(), gallery()),
            body_en=blocks(inline(), gallery()),
            topics=topics,
            authors=authors,
        )
    return journal


ADDRESSES = {
    "home": ("/fr/", "/en/"),
    "article": ("/fr/articles/lac-3/", "/en/stories/lake-3/"),
    "list of articles": ("/fr/articles/", "/en/stories/"),
    "topic": ("/fr/thematiques/climat/", "/en/topics/climate/"),
    "author": ("/fr/auteurs/lea-rochat/", "/en/authors/lea-rochat/"),
    "list of authors": ("/fr/auteurs/", "/en/authors/"),
    "search": ("/fr/search/?q=lac", "/en/search/?q=lake"),
}


def test_on_every_kind_of_page(client, filled, subtests):
    for kind, addresses in ADDRESSES.items():
        for address in addresses:
            with subtests.test(kind, address=address):
                assert_only_the_first_is_eager(client, address)


@pytest.mark.parametrize("kind", ["topic", "list of articles", "author", "search"])
def test_on_the_second_page_of_a_list(client, filled, settings, kind):
    settings.DIPTYCH_ARTICLES_PER_PAGE = 5
    address = ADDRESSES[kind][0]
    both = "&" if "?" in address else "?"
    assert_only_the_first_is_eager(client, f"{address}{both}page=2")


@pytest.mark.parametrize(
    "first", [(inline, gallery), (gallery, inline), (inline, inline), (gallery, gallery)]
)
def test_in_an_article_whose_first_picture_is_in_its_text(client, journal, first):
    before = ("paragraph", "<p>Texte.</p>")
    body = blocks(before, *(make() for make in first), inline())
    author = make_author(journal, photo=small())
    make_article(journal, body_fr=body, body_en=body, authors=[author])
    assert_only_the_first_is_eager(client, "/fr/articles/le-lac-gele/")
    assert_only_the_first_is_eager(client, "/en/stories/the-lake-freezes/")


def test_on_a_plain_page(client, journal):
    make_plain_page(journal, body_fr=blocks(inline(), gallery(), inline()))
    assert_only_the_first_is_eager(client, "/fr/a-propos/")


@pytest.mark.parametrize("kind", ["list of articles", "author", "search"])
def test_where_the_first_article_has_no_picture(client, filled, kind):
    publish_draft(AuthorPage.objects.get(headline_fr="Léa Rochat"), photo=None)
    headline = main_of(client, ADDRESSES[kind][0]).select_one(".card__headline").text
    publish_draft(ArticlePage.objects.get(headline_fr=headline), hero_image=None)
    assert_only_the_first_is_eager(client, ADDRESSES[kind][0])


def test_where_the_first_author_has_no_photo(client, journal):
    for name in ("Ana Öz", "Béa Müller", "Léa Rochat"):
        make_author(journal, name, photo=None if name == "Ana Öz" else small())
    assert_only_the_first_is_eager(client, "/fr/auteurs/")
