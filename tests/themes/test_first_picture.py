"""The first picture of a page is fetched at once; every other one waits until it is scrolled to."""

import pytest

from tests.factories import blocks, make_article, make_author, make_plain_page
from tests.themes.pictures import assert_only_the_first_is_eager, gallery, inline, small
from tests.tiers import one_of


@pytest.mark.parametrize(
    "first",
    one_of([(inline, gallery), (gallery, inline), (inline, inline), (gallery, gallery)], "rare"),
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


def test_where_the_first_author_has_no_photo(client, journal):
    for name in ("Ana Öz", "Béa Müller", "Léa Rochat"):
        make_author(journal, name, photo=None if name == "Ana Öz" else small())
    assert_only_the_first_is_eager(client, "/fr/auteurs/")
