"""Whatever is posted to the admin, the answer is an error somebody can read, never a failure."""

import json

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import nested_form_data, streamfield

from diptych.articles.models import ArticlePage, JournalSettings
from tests.articles.languages.editor import (
    PUBLISH_BOTH,
    article_form,
    autosave_new,
    create,
    edit,
    errors,
)
from tests.factories import make_article, make_plain_page, sign_in
from tests.tiers import one_of

pytestmark = pytest.mark.rare

YEARS = ["0001-01-01 00:00", "0099-12-31 10:00", "9999-12-31 23:59"]


@pytest.fixture
def page(journal):
    return make_article(journal, "Éléphant", "Elephant")


@pytest.fixture(params=one_of(["Asia/Tokyo", "America/Los_Angeles", "Europe/Zurich"], "odd"))
def time_zone(request, settings):
    settings.TIME_ZONE = request.param


@pytest.mark.parametrize("date", YEARS)
def test_a_date_of_an_odd_year_is_refused(journal, admin, time_zone, date):
    form = article_form("Un", "One", PUBLISH_BOTH, publication_date=date)
    said = errors(create(admin, journal.articles, form))
    assert said["publication_date"] == ["Choose a date between the years 1800 and 2999."]
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize("name", ["publication_date", "go_live_at", "expire_at"])
@pytest.mark.parametrize("date", YEARS)
def test_no_date_makes_autosave_fail(journal, admin, time_zone, name, date):
    response = autosave_new(admin, journal.articles, article_form("Un", "One", **{name: date}))
    assert response.status_code == 400
    assert response.json()["error_code"] == "validation_error"


def test_dates_are_refused_in_the_language_of_the_editor(page, client):
    sign_in(client, "admin", language="fr")
    said = errors(edit(client, page, article_form("Un", publication_date="0001-01-01 00:00")))
    with translation.override("fr"):
        words = translation.gettext("Choose a date between the years %(first)s and %(last)s.")
    assert said["publication_date"] == [words % {"first": 1800, "last": 2999}]


def test_an_old_date_is_a_date(page, admin):
    form = article_form("Un", "One", PUBLISH_BOTH, publication_date="1826-01-02 10:00")
    assert edit(admin, page, form).status_code == 302
    page.refresh_from_db()
    assert page.publication_date.year == 1826


@pytest.mark.parametrize(
    "damage",
    [
        {"body_fr-count": "abc"},
        {"body_fr-count": ""},
        {"body_fr-count": "3"},
        {"body_fr-0-order": "first"},
        {"body_fr-0-value": "{"},
        {"body_fr-0-value": "[]"},
        {"body_fr-count": "1", "body_fr-0-type": "gallery", "body_fr-0-value-pictures-count": "x"},
    ],
)
def test_a_body_that_no_editor_sends_is_a_bad_request(page, admin, damage):
    before = ArticlePage.objects.values().get(pk=page.pk)
    response = edit(admin, page, {**article_form("Un", "One", PUBLISH_BOTH), **damage})
    assert response.status_code == 400
    assert ArticlePage.objects.values().get(pk=page.pk) == before


def _paragraph(text="x", depth=0, **entity):
    """A paragraph as Wagtail's editor sends it, with ``entity`` on its first letter."""
    ranges = [{"key": 0, "offset": 0, "length": 1}] if entity else []
    block = {"key": "a", "text": text, "type": "unstyled", "depth": depth}
    block |= {"inlineStyleRanges": [], "entityRanges": ranges}
    known = {"0": {"mutability": "MUTABLE", **entity}} if "type" in entity else {}
    return {"body_fr-0-value": json.dumps({"blocks": [block], "entityMap": known})}


def _table(**values):
    table = {"data": [["a"]], "table_header_choice": "row", **values}
    body = streamfield([("table", {"caption": "", "source": "", "table": json.dumps(table)})])
    return nested_form_data({"body_fr": body})


NESTED = "[" * 50_000 + "]" * 50_000
UNSHOWABLE = {
    "no such entity": _paragraph(mutability="MUTABLE"),
    "nested": {"body_fr-0-value": NESTED},
    "link to no page": _paragraph(type="LINK", data={"linktype": "page", "id": "x"}),
    "link to a huge number": _paragraph(type="LINK", data={"linktype": "page", "id": "9" * 40}),
    "table without rows": _table(data=5),
    "row without cells": _table(data=[5]),
    "cell that is none": _table(data=[[{"a": 1}]]),
    "place that is none": _table(cell=[5]),
    "merged for ever": _table(
        mergeCells=[{"row": 0, "col": 0, "rowspan": 10**7, "colspan": 10**7}]
    ),
    "nested table": _table() | {"body_fr-0-value-table": NESTED},
}


def test_what_could_not_be_shown_again_is_not_stored(page, admin, reader):
    before = ArticlePage.objects.values().get(pk=page.pk)
    for name, damage in UNSHOWABLE.items():
        response = edit(admin, page, {**article_form("Un", "One", PUBLISH_BOTH), **damage})
        assert response.status_code == 400, name
    note = admin.post(reverse("diptych_footnote"), {"stored": "<b>" * 30_000})
    assert note.status_code == 200 and b"<b><b>" not in note.content, "Only its words are kept."
    assert ArticlePage.objects.values().get(pk=page.pk) == before


def test_an_empty_paragraph_is_nothing_malformed(page, admin):
    """Wagtail's editor sends ``null`` for it."""
    form = {**article_form("Un", "One"), "body_fr-0-value": "null"}
    assert edit(admin, page, form).status_code == 302
    page.refresh_from_db()
    (paragraph,) = page.get_latest_revision_as_object().body_fr
    assert not paragraph.value.source


def test_half_a_character_is_a_sign_for_one(page, admin, reader):
    form = article_form("Un", "One", PUBLISH_BOTH)
    for damage in (
        _paragraph("Lac \ud83d gel\x00é \ud83d\ude00"),
        _table(data=[["Lac \ud83d gelé"]]),
    ):
        assert edit(admin, page, {**form, **damage}).status_code == 302
        assert "Lac \ufffd gelé" in reader.get("/fr/articles/un/").text
        address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        assert admin.get(address).status_code == 200


COPY = {
    "new_headline_fr": "Copie",
    "new_slug_fr": "copie",
    "new_headline_en": "Copy",
    "new_slug_en": "copy",
}


@pytest.mark.parametrize("parent", ["garbage", "", "999999", "-1", "1e3", "\x00", None])
def test_a_copy_below_a_page_that_is_none_is_refused(page, admin, parent):
    posted = {**COPY, "new_parent_page": parent} if parent is not None else COPY
    said = errors(admin.post(reverse("wagtailadmin_pages:copy", args=(page.pk,)), posted))
    assert list(said) == ["new_parent_page"]
    assert ArticlePage.objects.count() == 1


@pytest.mark.parametrize("parent", ["root", "home", "itself", "author"])
def test_a_copy_below_a_page_that_takes_none_is_refused(journal, page, admin, parent):
    parents = {
        "root": journal.home.get_parent(),
        "home": journal.home,
        "itself": page,
        "author": journal.authors,
    }
    posted = {**COPY, "new_parent_page": parents[parent].pk}
    said = errors(admin.post(reverse("wagtailadmin_pages:copy", args=(page.pk,)), posted))
    assert list(said) == ["new_parent_page"]


@pytest.mark.parametrize("alias", [{}, {"alias": "on"}])
@pytest.mark.parametrize("where", ["itself", "below"])
def test_a_branch_is_not_copied_into_itself(journal, admin, where, alias):
    section = make_plain_page(journal, "Dossier", "File")
    below = make_plain_page(journal, "Un", "One", parent=section)
    parent = {"itself": section, "below": below}[where]
    posted = {**COPY, "new_parent_page": parent.pk, "copy_subpages": "on", **alias}
    said = errors(admin.post(reverse("wagtailadmin_pages:copy", args=(section.pk,)), posted))
    assert said["new_parent_page"] == ["You cannot copy a page into itself when copying subpages"]


@pytest.mark.parametrize(
    "damage",
    [
        {"name_fr": "Un"},
        {"social_links-count": "abc"},
        {"social_links-count": "1"},
        {"social_links-count": "1", "social_links-0-deleted": "", "social_links-0-order": "first"},
    ],
)
def test_settings_that_no_editor_sends_are_a_bad_request(journal, admin, damage):
    where = reverse("wagtailsettings:edit", args=("diptych", "journalsettings", journal.site.pk))
    response = admin.post(where, {"name_fr": "Volé", **damage})
    assert response.status_code == 400
    assert not JournalSettings.objects.filter(name_fr="Volé").exists()
