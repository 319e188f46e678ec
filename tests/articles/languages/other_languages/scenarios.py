"""The life of a page in three languages; run by ``test_other_languages.py``."""

import pytest
from django.utils import translation

from diptych.articles.languages.publication.rebuilding import outdated_pages
from tests.articles.languages.editor import article_form, draft_of, edit, live_in, rows
from tests.factories import make_article, paragraphs, publish_draft, sign_in, write_draft

GERMAN = {
    "headline_de": "Elefant",
    "lead_de": "Einleitung.",
    "body_de": paragraphs("Text."),
}


@pytest.fixture
def elephant(journal):
    return make_article(journal, "Éléphant", "Elephant", live_in=["fr", "en", "de"], **GERMAN)


def test_a_page_has_an_address_in_each(elephant, client):
    assert rows(elephant) == {
        "fr": ("/accueil/articles/elephant/", True),
        "en": ("/accueil/stories/elephant/", True),
        "de": ("/accueil/articles/elefant/", True),
    }
    assert client.get("/de/articles/elefant/").status_code == 200
    assert client.get("/de/stories/elephant/").url == "/de/articles/elefant/"
    assert client.get("/en/articles/elefant/").url == "/en/stories/elephant/"
    assert [each["lang_code"] for each in elephant.alternates()] == ["fr", "en", "de"]


def test_one_goes_live_while_two_are_being_written(elephant):
    write_draft(elephant, headline_fr="Deux", headline_en="Two", headline_de="Zwei")
    elephant.publish_languages(["de"])
    texts = (elephant.headline_fr, elephant.headline_en, elephant.headline_de)
    assert texts == ("Éléphant", "Elephant", "Zwei")
    draft = draft_of(elephant)
    assert (draft.headline_fr, draft.headline_en, draft.headline_de) == ("Deux", "Two", "Zwei")


def test_two_go_live_while_one_is_being_written(elephant):
    write_draft(elephant, headline_fr="Deux", headline_en="Two", headline_de="Zwei")
    elephant.publish_languages(["fr", "de"])
    assert elephant.headline_en == "Elephant"
    assert draft_of(elephant).headline_en == "Two"


def test_plain_publish_leaves_the_third_alone(journal):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr", "en"])
    publish_draft(page, **GERMAN)
    assert live_in(page) == ["fr", "en"]


def test_unpublishing_two_leaves_the_third(elephant, client):
    elephant.unpublish_languages(["fr"])
    elephant.unpublish_languages(["en"])
    assert live_in(elephant) == ["de"]
    assert elephant.live
    response = client.get("/fr/articles/elephant/")
    assert response.status_code == 404
    assert [each["code"] for each in response.context["alternatives"]] == ["de"]
    elephant.unpublish_languages(["de"])
    elephant.refresh_from_db()
    assert not elephant.live


def test_a_slug_changes_in_the_third_alone(elephant, client):
    publish_draft(elephant, url_slug_de="dickhaeuter")
    assert client.get("/de/articles/elefant/").url == "/de/articles/dickhaeuter/"
    assert client.get("/fr/articles/elephant/").status_code == 200
    assert outdated_pages() == []


def test_the_editor_has_a_button_and_a_tab_for_each(elephant, client):
    sign_in(client)
    html = client.get(f"/admin/pages/{elephant.pk}/edit/").content.decode()
    for code in ("fr", "en", "de"):
        assert f"action-publish-only-{code}" in html
        assert f"headline_{code}" in html


def test_the_editor_publishes_the_third_only(elephant, client):
    sign_in(client, language="fr")
    streams = {"body_de-count": "0", "corrections_de-count": "0"}
    body = {**streams, "url_slug_de": "", "lead_de": "Neu.", "headline_de": "Neu"}
    form = article_form("Deux", "Two", "action-publish-only-de", **body)
    response = edit(client, elephant, form)
    assert "body_de" in response.context["form"].errors
    assert live_in(elephant) == ["fr", "en", "de"]


def test_links_lead_to_a_language_that_is_live(journal):
    page = make_article(journal, None, None, live_in=["de"], **GERMAN)
    with translation.override("en"):
        assert page.url == "/de/articles/elefant/"
    assert page.title == "Elefant"
