"""Which pictures of an article can be enlarged, and what is shown of them."""

import pytest
from bs4 import BeautifulSoup

from diptych.articles.images.pictures import Figure
from diptych.themes.pictures.figures import larger_of
from tests.factories import blocks, make_article, make_image

pytestmark = pytest.mark.django_db

ENGLISH = "/en/stories/the-lake-freezes/"


@pytest.fixture
def article(journal, django_capture_on_commit_callbacks):
    """Make an article, and all sizes of its pictures."""

    def make(**values):
        with django_capture_on_commit_callbacks(execute=True):
            return make_article(journal, **values)

    return make


def read(client, address=ENGLISH):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml").main


def body_with(*images):
    """A body with these images, in both languages."""
    body = blocks(*(("image", {"image": each.pk, "caption": "Ice."}) for each in images))
    return {"body_fr": body, "body_en": body}


def test_a_picture_with_more_pixels_than_are_shown_can_be_enlarged(client, article):
    hero = make_image("Lake", width=1700, height=85, credit="Léa")
    inside = make_image("Ice", width=1000, height=50)
    small = make_image("Snow", width=500, height=50)
    article(hero_image=hero, **body_with(inside, small, inside))
    page = read(client)
    opened = page.select("[popover]")
    buttons = page.select("button.figure__enlarge")
    assert [each["popovertarget"] for each in buttons] == [each["id"] for each in opened]
    assert len({each["id"] for each in opened}) == 3
    assert [int(each.img["width"]) for each in opened] == [1600, 1000, 1000]
    first = opened[0]
    assert first.img["loading"] == "lazy"
    small_one = page.select_one(".figure--hero > picture")
    assert first.img["alt"] == small_one.img["alt"]
    for large, offered in zip(first.find_all("source"), small_one.find_all("source"), strict=True):
        assert large["type"] == offered["type"]
        assert large["srcset"] in offered["srcset"], "No file is made for it alone."
    assert first.parent.find_all(recursive=False)[-1].name == "figcaption"
    assert "Léa" in first.select_one(".figure__caption").text
    assert buttons[0].text == "Enlarge the image"
    assert first.button["popovertargetaction"] == "hide"


def test_without_sizes_there_is_nothing_to_enlarge(client, journal):
    make_article(journal, hero_image=make_image(width=1700, height=85))
    assert not read(client).select("[popover], .figure__enlarge")


def test_beside_another_language_each_picture_is_enlarged_with_both_captions(client, article):
    image = make_image("Lake", width=1700, height=85, caption_fr="Le lac.", caption_en="The lake.")
    article(hero_image=image)
    page = read(client, f"{ENGLISH}en-fr/")
    caption = page.select_one("[popover] .figure__caption")
    assert "The lake." in caption.text
    assert caption.find(lang="fr").text == "Le lac."


def test_feeds_have_no_buttons(client, article):
    article(hero_image=make_image(width=1700, height=85))
    answer = client.get("/en/feed/atom/").content.decode()
    assert "img" in answer
    assert "popover" not in answer
    assert "Enlarge" not in answer


def test_other_slots_enlarge_no_picture(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        picture = make_image("Lake", width=1700, height=85)
    assert larger_of(Figure(picture), "card") is None
