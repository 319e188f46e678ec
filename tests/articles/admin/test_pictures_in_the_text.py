"""A picture in the text that says something is described in words before it is published."""

import json

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from tests.articles.admin.html import soup, text_of
from tests.articles.languages.editor import (
    PUBLISH,
    PUBLISH_BOTH,
    PUBLISH_FRENCH,
    article_form,
    create,
    draft_of,
    edit,
    live_in,
)
from tests.factories import blocks, make_article, make_image
from tests.tiers import one_of

SMALL = {"width": 64, "height": 48}
TABS = {"fr": "#tab-francais", "en": "#tab-english"}


def missing(number):
    return f"Picture {number} in the text has no alternative text."


def picture(image, alt="", decorative=""):
    """A picture of the text as the editor's form posts it; a ticked box is sent as ``on``."""
    ticked = {"decorative": decorative} if decorative else {}
    return {"image": image.pk, "alt": alt, "caption": "Au petit matin.", **ticked}


def alone(*pictures):
    return [("image", each) for each in pictures]


def gallery(*pictures):
    rows = {
        str(number): {"value": each, "order": str(number), "deleted": ""}
        for number, each in enumerate(pictures)
    }
    return [("gallery", {"pictures": {"count": str(len(pictures)), **rows}, "caption": ""})]


@pytest.fixture
def undescribed():
    return make_image(alt_fr="", alt_en="A frozen lake", **SMALL)


@pytest.fixture
def described():
    return make_image(**SMALL)


def told_in_the_text(response, language):
    """What the editor is told in the text of a language: ``{path to a field: sentence}``."""
    field = soup(response).select_one(f"{TABS[language]} #body_{language}")
    _value, error = json.loads(field["data-w-block-arguments-value"])
    return dict(_sentences(error, "")) if error else {}


def _sentences(error, path):
    for sentence in error.get("messages", ()):
        yield path, sentence
    for key, inner in error.get("blockErrors", {}).items():
        yield from _sentences(inner, f"{path}/{key}")


def published(journal, admin, body, press=PUBLISH, **values):
    """The answer to publishing a draft with ``body`` in French, and the draft."""
    page = make_article(journal, live_in=())
    form = article_form("Titre", "Title", press, body_fr=streamfield(body), **values)
    return edit(admin, page, form), page


def test_a_picture_without_words_is_refused_where_they_are_missing(journal, admin, undescribed):
    response, page = published(journal, admin, alone(picture(undescribed)))
    assert told_in_the_text(response, "fr") == {"/0/alt": missing(1)}
    assert told_in_the_text(response, "en") == {}
    assert live_in(page) == []


def test_it_is_refused_on_a_new_page_as_well(journal, admin, undescribed):
    body = streamfield(alone(picture(undescribed)))
    form = article_form("Titre", None, PUBLISH_FRENCH, body_fr=body)
    response = create(admin, journal.articles, form)
    assert told_in_the_text(response, "fr") == {"/0/alt": missing(1)}


def test_pictures_are_counted_through_galleries(journal, admin, undescribed, described):
    body = alone(picture(described)) + gallery(picture(described), picture(undescribed))
    response, page = published(journal, admin, body)
    assert told_in_the_text(response, "fr") == {"/1/pictures/1/alt": missing(3)}
    assert live_in(page) == []


def test_every_one_of_them_is_named(journal, admin, undescribed, described):
    body = gallery(picture(undescribed), picture(described)) + alone(picture(undescribed))
    response, _page = published(journal, admin, body)
    assert told_in_the_text(response, "fr") == {
        "/0/pictures/0/alt": missing(1),
        "/1/alt": missing(3),
    }


@pytest.mark.parametrize("use", one_of([{"decorative": "on"}, {"alt": "Un lac"}], "rare"))
@pytest.mark.parametrize("arrange", one_of([alone, gallery], "rare"))
def test_decorative_or_described_in_its_place_it_passes(
    journal, admin, undescribed, described, arrange, use
):
    body = arrange(picture(described), picture(undescribed, **use))
    response, page = published(journal, admin, body)
    assert response.status_code == 302
    assert live_in(page) == ["fr"]


def test_spaces_describe_nothing(journal, admin):
    image = make_image(alt_fr="  ", **SMALL)
    response, _page = published(journal, admin, alone(picture(image, alt=" ")))
    assert told_in_the_text(response, "fr") == {"/0/alt": missing(1)}


def test_an_image_that_is_decorative_itself_passes(journal, admin):
    image = make_image(alt_fr="", alt_en="", is_decorative=True, **SMALL)
    response, page = published(journal, admin, alone(picture(image)))
    assert response.status_code == 302
    assert live_in(page) == ["fr"]


def test_each_language_needs_words_of_its_own(journal, admin, undescribed):
    body = alone(picture(undescribed))
    response, page = published(journal, admin, body, PUBLISH_BOTH, body_en=streamfield(body))
    assert told_in_the_text(response, "fr") == {"/0/alt": missing(1)}
    assert told_in_the_text(response, "en") == {}
    assert live_in(page) == []


def test_a_draft_may_lack_them(journal, admin, undescribed):
    response, page = published(journal, admin, alone(picture(undescribed)), press=None)
    assert response.status_code == 302
    assert draft_of(page).body_fr[0].value["image"] == undescribed


def test_publishing_from_a_list_is_refused_as_well(journal, admin, undescribed):
    body = blocks(("image", {"image": undescribed.pk}))
    page = make_article(journal, "Titre", None, live_in=(), body_fr=body)
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    back = reverse("wagtailadmin_explore_root")
    admin.post(address, query_params={"id": [page.pk], "next": back})
    (link,) = soup(admin.get(back)).select(".messages a")
    assert text_of(link) == f"French: {missing(1)}"
    assert live_in(page) == []
