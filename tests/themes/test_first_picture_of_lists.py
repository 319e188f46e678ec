"""On every kind of page, and of every list, the first picture is fetched at once and no other."""

import pytest

from diptych.articles.models import ArticlePage, AuthorPage
from tests.factories import (
    blocks,
    make_article,
    make_author,
    make_journal,
    make_topic,
    publish_draft,
)
from tests.stored import stored
from tests.themes.pictures import assert_only_the_first_is_eager, gallery, inline, main_of, small

pytestmark = [pytest.mark.django_db, pytest.mark.rare]


@stored
def filled():
    """A journal whose every page has pictures, and several of them."""
    journal = make_journal()
    topics = [make_topic(journal)]
    authors = [make_author(journal, name, photo=small()) for name in ("Ana Öz", "Léa Rochat")]
    for number in range(7):
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


@pytest.mark.parametrize("kind", ["list of articles", "author", "search"])
def test_where_the_first_article_has_no_picture(client, filled, kind):
    publish_draft(AuthorPage.objects.get(headline_fr="Léa Rochat"), photo=None)
    headline = main_of(client, ADDRESSES[kind][0]).select_one(".card__headline").text
    publish_draft(ArticlePage.objects.get(headline_fr=headline), hero_image=None)
    assert_only_the_first_is_eager(client, ADDRESSES[kind][0])
