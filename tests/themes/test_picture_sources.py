"""The sizes and formats a browser may choose from, made before the first reader comes."""

import re
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.images import ImageFile
from django_tasks import default_task_backend
from wagtail.images import get_image_model

from diptych.articles.models import CaptionedRendition
from diptych.themes.models import AppearanceSettings
from diptych.themes.pictures.renditions import make_renditions
from tests.articles.images.samples import scene, written
from tests.factories import blocks, make_article, make_author, make_image, make_topic

pytestmark = pytest.mark.rare

#: Wider than every size, and low, so that it is made quickly.
WIDE = {"width": 1700, "height": 85}
#: High enough for the card of a list as well.
WIDE_CARD = {"width": 1700, "height": 700}
FRENCH, ENGLISH = "/fr/articles/le-lac-gele/", "/en/stories/the-lake-freezes/"
FORMATS = ["image/avif", "image/webp"]
HERO_WIDTHS = [480, 640, 800, 960, 1200, 1600]
INLINE_WIDTHS = [320, 480, 640, 800, 960, 1200]
CARD_WIDTHS = [160, 320, 480, 640, 800, 960]


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def pictures_at(client, address):
    """Each ``<picture>`` of the page, in order; a request that makes no size of any picture."""
    made = set(CaptionedRendition.objects.values_list("pk", flat=True))
    response = client.get(address)
    assert response.status_code == 200
    assert set(CaptionedRendition.objects.values_list("pk", flat=True)) == made
    return BeautifulSoup(response.content, "lxml").main.select("picture:not(.enlarged picture)")


def widths(element):
    return [int(width) for width in re.findall(r" (\d+)w", element["srcset"])]


def addresses(element):
    return [each.split()[0] for each in element["srcset"].split(",")]


def offered(picture):
    """The widths of each format: those of the sources by type, and those of the image itself."""
    sources = [source for source in picture.find_all("source") if not source.get("media")]
    by_type = {source["type"]: widths(source) for source in sources}
    return {**by_type, "image/jpeg": widths(picture.img)}


def offered_on_phones(picture):
    """The same of the sources for narrow screens only."""
    return {each["type"]: widths(each) for each in picture.find_all("source", media=True)}


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
    assert layout.endswith("90vw") and "min-width" in layout
    image = picture.img
    assert image["src"] in addresses(image)
    assert (int(image["width"]), int(image["height"])) == (960, 48)


def test_pictures_in_the_text_come_in_smaller_sizes(client, journal, after_commit):
    single, first, second = (make_image(**WIDE) for _each in range(3))
    gallery = ("gallery", {"pictures": [{"image": first.pk}, {"image": second.pk}]})
    with after_commit():
        make_article(journal, body_fr=blocks(("image", {"image": single.pk}), gallery))
    pictures = pictures_at(client, FRENCH)
    assert len(pictures) == 3
    for picture in pictures:
        assert offered(picture) == dict.fromkeys([*FORMATS, "image/jpeg"], INLINE_WIDTHS)
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
    assert offered(second) == dict.fromkeys([*FORMATS, "image/jpeg"], CARD_WIDTHS)


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


def test_a_list_has_squares_for_phones(client, journal, after_commit):
    with after_commit():
        make_article(journal, hero_image=make_image(**WIDE_CARD))
    (picture,) = pictures_at(client, "/fr/articles/")
    assert offered(picture) == dict.fromkeys([*FORMATS, "image/jpeg"], CARD_WIDTHS)
    assert offered_on_phones(picture) == {key: [160, 320] for key in [*FORMATS, "image/jpeg"]}
    for source in picture.find_all("source", media=True):
        assert source["width"] == source["height"] == "160"
        assert source["sizes"].endswith("vw") and "max-width" in source["media"]


def test_each_theme_says_how_wide_its_pictures_are(client, journal, after_commit):
    with after_commit():
        for number in range(3):
            make_article(journal, f"Lac {number}", hero_image=make_image(width=700, height=460))
    found = {}
    for theme in ("gazette", "revue"):
        settings, _created = AppearanceSettings.objects.get_or_create(site=journal.site)
        settings.theme = theme
        settings.save()
        found[theme] = [each.img["sizes"] for each in pictures_at(client, "/fr/")]
    assert " 35rem" in found["gazette"][0] and "34.5rem" in found["revue"][0]
    assert found["gazette"][1] != found["revue"][1]


def test_until_sizes_are_made_a_small_original_is_shown(client, journal):
    image = make_image(width=600, height=300)
    make_article(journal, hero_image=image)
    for _again in range(2):
        (picture,) = pictures_at(client, FRENCH)
        assert picture.img["src"] == image.file.url and not picture.find_all("source")
        assert (picture.img["width"], picture.img["height"]) == ("600", "300")


@pytest.mark.parametrize("size", [None, 500_001, 20_000_000])
def test_a_large_original_is_not_sent(client, journal, size):
    image = make_image(width=600, height=300)
    get_image_model().objects.filter(pk=image.pk).update(file_size=size)
    make_article(journal, hero_image=image)
    assert pictures_at(client, FRENCH) == []
    assert client.get("/fr/").status_code == 200


def test_missing_sizes_are_enqueued_and_the_nearest_ones_shown(
    client, journal, after_commit, settings
):
    with after_commit():
        image = make_image(width=700, height=350)
        make_article(journal, hero_image=image, live_in=("fr",))
    for rendition in image.renditions.exclude(filter_spec="width-480|format-jpeg"):
        rendition.delete()
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    for _again in range(2):
        with after_commit():
            (picture,) = pictures_at(client, FRENCH)
        assert offered(picture) == {"image/jpeg": [480]}
    enqueued = [result.args for result in default_task_backend.results]
    parts = ("hero", "search-result")
    assert enqueued == [[[[str(image.pk), part]]] for part in parts]
    make_renditions.func(*enqueued[0])
    (picture,) = pictures_at(client, FRENCH)
    assert offered(picture) == {key: [480, 640, 700] for key in [*FORMATS, "image/jpeg"]}


def test_a_replaced_file_is_shown_at_once(client, journal, after_commit):
    with after_commit():
        image = make_image(width=700, height=350)
        make_article(journal, hero_image=image, live_in=("fr",))
    old = addresses(pictures_at(client, FRENCH)[0].img)
    image = get_image_model().objects.get(pk=image.pk)
    image.renditions.all().delete()
    image.file = ImageFile(BytesIO(written(scene(500, 400), "PNG")), name="other.png")
    image.save()
    (picture,) = pictures_at(client, FRENCH)
    assert not set(addresses(picture.img)) & set(old)


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
