"""The sizes and formats a browser may choose from, made before the first reader comes."""

import re
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.images import ImageFile

from articles.models import CaptionedRendition
from tests.factories import (
    blocks,
    make_article,
    make_author,
    make_image,
    make_journal,
    make_topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.rare]

#: Wider than every size, and low, so that it is made quickly.
WIDE = {"width": 1700, "height": 85}
#: High enough for the card of a list as well.
WIDE_CARD = {"width": 1700, "height": 425}
FRENCH, ENGLISH = "/fr/articles/le-lac-gele/", "/en/stories/the-lake-freezes/"
FORMATS = ["image/avif", "image/webp"]
HERO_WIDTHS = [480, 960, 1600]


@pytest.fixture
def journal():
    return make_journal()


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def pictures_at(client, address):
    """Each ``<picture>`` of the page, in order; a request that makes no size of any picture."""
    made = set(CaptionedRendition.objects.values_list("pk", flat=True))
    response = client.get(address)
    assert response.status_code == 200
    assert set(CaptionedRendition.objects.values_list("pk", flat=True)) == made
    return BeautifulSoup(response.content, "lxml").main.find_all("picture")


def widths(element):
    return [int(width) for width in re.findall(r" (\d+)w", element["srcset"])]


def addresses(element):
    return [each.split()[0] for each in element["srcset"].split(",")]


def offered(picture):
    """The widths of each format: those of the sources by type, and those of the image itself."""
    sources = {source["type"]: widths(source) for source in picture.find_all("source")}
    return {**sources, "image/jpeg": widths(picture.img)}


@pytest.mark.parametrize("address", [FRENCH, ENGLISH])
def test_the_main_picture_of_an_article(client, journal, after_commit, address):
    with after_commit():
        make_article(journal, hero_image=make_image(**WIDE))
    (picture,) = pictures_at(client, address)
    assert [source["type"] for source in picture.find_all("source")] == FORMATS
    assert offered(picture) == dict.fromkeys([*FORMATS, "image/jpeg"], HERO_WIDTHS)
    for element, ending in zip(
        [*picture.find_all("source"), picture.img], [".avif", ".webp", ".jpg"], strict=True
    ):
        assert all(each.endswith(ending) for each in addresses(element))


def test_the_browser_is_told_how_large_it_is_shown(client, journal, after_commit):
    with after_commit():
        make_article(journal, hero_image=make_image(**WIDE))
    (picture,) = pictures_at(client, FRENCH)
    layouts = {element.get("sizes") for element in [*picture.find_all("source"), picture.img]}
    (layout,) = layouts
    assert layout.endswith("100vw") and "min-width" in layout
    image = picture.img
    assert image["src"] in addresses(image)
    assert (int(image["width"]), int(image["height"])) == (960, 48)


def test_pictures_in_the_text_come_in_two_sizes(client, journal, after_commit):
    single, first, second = (make_image(**WIDE) for _each in range(3))
    gallery = ("gallery", {"pictures": [{"image": first.pk}, {"image": second.pk}]})
    with after_commit():
        make_article(journal, body_fr=blocks(("image", {"image": single.pk}), gallery))
    pictures = pictures_at(client, FRENCH)
    assert len(pictures) == 3
    for picture in pictures:
        assert offered(picture) == {key: [480, 960] for key in [*FORMATS, "image/jpeg"]}
        assert picture.img["sizes"] and picture.img["width"] and picture.img["height"]


def test_a_small_picture_is_not_enlarged(client, journal, after_commit):
    with after_commit():
        make_article(journal, hero_image=make_image(width=600, height=300))
    (picture,) = pictures_at(client, FRENCH)
    assert offered(picture) == {key: [480, 600] for key in [*FORMATS, "image/jpeg"]}


@pytest.mark.parametrize(
    "address", ["/fr/", "/en/", "/fr/thematiques/climat/", "/en/topics/climate/"]
)
def test_the_lead_story_has_its_picture_as_large_as_the_article(
    client, journal, after_commit, address
):
    topics = [make_topic(journal)]
    with after_commit():
        make_article(journal, "Ancien", "Older", hero_image=make_image(**WIDE_CARD), topics=topics)
        make_article(journal, hero_image=make_image(**WIDE_CARD), topics=topics)
    lead, second, *_others = pictures_at(client, address)
    assert offered(lead) == dict.fromkeys([*FORMATS, "image/jpeg"], HERO_WIDTHS)
    assert lead.find_parent("article").h2.text in ("Le lac gèle", "The lake freezes")
    assert offered(second) == {key: [320, 640] for key in [*FORMATS, "image/jpeg"]}


def test_a_lead_story_that_the_editors_chose_has_it_too(client, journal, after_commit):
    with after_commit():
        chosen = make_article(journal, "Choisi", "Chosen", hero_image=make_image(**WIDE))
        make_article(journal, hero_image=make_image(**WIDE))
    journal.home.lead_article_id = chosen.pk
    journal.home.save_revision().publish()
    lead, *_others = pictures_at(client, "/fr/")
    assert "Choisi" in lead.find_parent("article").text
    assert offered(lead) == dict.fromkeys([*FORMATS, "image/jpeg"], HERO_WIDTHS)


def test_the_portrait_of_an_author(client, journal, after_commit):
    with after_commit():
        make_author(journal, "Léa Rochat", photo=make_image(width=400, height=400))
    for address in ("/fr/auteurs/", "/fr/auteurs/lea-rochat/"):
        (picture,) = pictures_at(client, address)
        assert offered(picture) == {key: [160, 320] for key in [*FORMATS, "image/jpeg"]}


def test_a_drawing_is_shown_as_it_is(client, journal, settings, after_commit):
    settings.WAGTAILIMAGES_EXTENSIONS = ["png", "svg"]
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"/>'
    image = make_image()
    image.file = ImageFile(BytesIO(drawing), name="drawing.svg")
    image.save()
    with after_commit():
        body = blocks(("image", {"image": image.pk, "alt": "Un plan"}))
        make_article(journal, hero_image=image, body_fr=body)
    for address in (FRENCH, "/fr/articles/", "/fr/"):
        for picture in pictures_at(client, address):
            assert picture.img["src"].endswith(".svg")
            assert (picture.img["width"], picture.img["height"]) == ("90", "60")
            assert not picture.find_all("source")
    assert len(pictures_at(client, FRENCH)) == 2
    head = BeautifulSoup(client.get(FRENCH).content, "lxml").head
    assert "svg" not in head.find("meta", property="og:image")["content"]
    assert client.get("/fr/feed/").status_code == 200
