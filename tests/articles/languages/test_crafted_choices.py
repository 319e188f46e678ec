"""A choice that can be none is an error at its field, and nothing else of the form is lost."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from diptych.articles.models import ArticlePage
from tests.articles.admin.html import soup
from tests.articles.languages.editor import (
    PUBLISH_BOTH,
    article_form,
    autosave,
    create,
    draft_of,
    edit,
    errors,
)
from tests.factories import make_article, make_author, make_image, make_topic
from tests.tiers import one_of

pytestmark = pytest.mark.rare

#: Text, a number that no database takes, and one that Python does not read.
IMPOSSIBLE = ["abc", "9" * 30, "9" * 5000]
NO_CHOICE = "Select a valid choice. That choice is not one of the available choices."


@pytest.fixture
def page(journal):
    values = {"authors": [make_author(journal)], "topics": [make_topic(journal)]}
    return make_article(journal, "Éléphant", "Elephant", hero_image=make_image(), **values)


@pytest.fixture(params=one_of(IMPOSSIBLE, "odd"), ids=lambda value: ascii(value[:5]))
def impossible(request):
    return request.param


def codes(form):
    return {name: [each.code for each in said] for name, said in form.errors.as_data().items()}


FIELDS = ["hero_image", "series", "translator_en"]


@pytest.mark.parametrize("button", [None, PUBLISH_BOTH])
def test_in_a_field_of_the_page(page, admin, impossible, button):
    form = article_form("Un", "One", button, **dict.fromkeys(FIELDS, impossible))
    response = edit(admin, page, form)
    said = codes(response.context["form"])
    assert [said[name] for name in FIELDS] == [["invalid_choice"]] * len(FIELDS)
    assert response.content.decode().count(NO_CHOICE) >= len(FIELDS)
    assert soup(response).select_one("#id_headline_en").text.strip() == "One"
    assert draft_of(page).headline_en == "Elephant"
    assert draft_of(page).hero_image == page.hero_image


def test_on_a_new_page_and_when_saved_by_itself(journal, page, admin, impossible):
    form = article_form("Un", "One", **dict.fromkeys(FIELDS, impossible))
    assert set(FIELDS) <= set(errors(create(admin, journal.articles, form)))
    assert ArticlePage.objects.count() == 1
    assert autosave(admin, page, form).json()["error_code"] == "validation_error"


def test_in_a_preview(page, admin, impossible):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    form = article_form("Un", "One", **dict.fromkeys(FIELDS, impossible))
    assert admin.post(address, form).json()["is_valid"] is False
    assert admin.get(address).status_code == 200


ROWS = [
    ("authors", "author"),
    ("topics", "topic"),
    ("picks", "suggestion"),
    ("exclusions", "excluded"),
]


def test_in_the_rows_below_the_page(page, admin, impossible):
    rows = {
        relation: inline_formset([{"id": "", name: impossible, "ORDER": "1"}])
        for relation, name in ROWS
    }
    form = {**article_form("Un", "One"), **nested_form_data(rows)}
    response = edit(admin, page, form)
    formsets = response.context["form"].formsets
    for relation, name in ROWS:
        assert codes(formsets[relation].forms[0]) == {name: ["invalid_choice"]}
    assert soup(response).select_one("#id_headline_en").text.strip() == "One"
    assert [row.author.headline for row in draft_of(page).authors.all()] == ["Léa Rochat"]


@pytest.mark.parametrize(
    "block",
    [
        lambda value: ("image", {"image": value, "alt": "Lake", "caption": ""}),
        lambda value: ("article", {"article": value}),
        lambda value: (
            "gallery",
            {"caption": "Lake", "pictures": streamfield([("item", {"image": value, "alt": ""})])},
        ),
    ],
    ids=["image", "article", "gallery"],
)
def test_in_a_block_of_the_text(page, admin, impossible, block):
    before = draft_of(page).body_en.get_prep_value()
    body = nested_form_data({"body_en": streamfield([block(impossible)])})
    for button in (None, PUBLISH_BOTH):
        response = edit(admin, page, {**article_form("Un", "One", button), **body})
        assert "body_en" in errors(response)
        assert NO_CHOICE in response.content.decode()
        assert soup(response).select_one("#id_headline_en").text.strip() == "One"
    assert draft_of(page).body_en.get_prep_value() == before


@pytest.mark.parametrize("relation", [*dict(ROWS), "comments"])
def test_a_row_whose_number_is_none_is_a_bad_request_at_most(page, admin, relation, impossible):
    rows = {f"{relation}-TOTAL_FORMS": "1", f"{relation}-INITIAL_FORMS": "1"}
    form = {**article_form("Un", "One"), **rows}
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    for posted in (form, {**form, f"{relation}-0-id": impossible}):
        assert edit(admin, page, posted).status_code < 500
        assert admin.post(address, posted).status_code < 500
