"""Which languages go live by the buttons of the editor: plain "Publish", one language, both."""

import pytest

from diptych.articles.languages.publication.readiness.grading import NotPublishable
from tests.articles.languages.editor import (
    PUBLISH,
    PUBLISH_BOTH,
    PUBLISH_ENGLISH,
    PUBLISH_FRENCH,
    article_form,
    create,
    draft_of,
    edit,
    errors,
    live_in,
    newest_page,
)
from tests.factories import make_article, publish_draft, sign_in

BUTTONS = pytest.mark.parametrize(
    ("button", "languages"),
    [
        (PUBLISH, ["fr"]),
        (PUBLISH_FRENCH, ["fr"]),
        (PUBLISH_ENGLISH, ["en"]),
        (PUBLISH_BOTH, ["fr", "en"]),
    ],
)


@BUTTONS
def test_a_new_page_goes_live_in_the_languages_of_the_button(journal, admin, button, languages):
    create(admin, journal.articles, article_form("Éléphant", "Elephant", button))
    page = newest_page()
    assert page.live
    assert page.live_languages == languages
    headlines = {"fr": "Éléphant", "en": "Elephant"}
    for language, headline in headlines.items():
        assert (page.text_in("headline", language) == headline) is (language in languages)
        assert draft_of(page).text_in("headline", language) == headline


@BUTTONS
def test_a_draft_goes_live_in_the_languages_of_the_button(journal, admin, button, languages):
    page = make_article(journal, "Éléphant", "Elephant", live_in=[])
    edit(admin, page, article_form("Éléphant", "Elephant", button))
    assert live_in(page) == languages


@pytest.mark.parametrize("live", [["fr"], ["en"], ["fr", "en"]])
def test_plain_publish_later_means_the_languages_that_are_live(journal, admin, live):
    page = make_article(journal, "Éléphant", "Elephant", live_in=live)
    edit(admin, page, article_form("Deux", "Two", PUBLISH))
    page.refresh_from_db()
    assert page.live_languages == live
    for language, headline in (("fr", "Deux"), ("en", "Two")):
        if language in live:
            assert page.text_in("headline", language) == headline


def test_saving_a_draft_publishes_nothing(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    edit(admin, page, article_form("Brouillon", "Draft"))
    page.refresh_from_db()
    assert page.live_languages == ["fr"]
    assert page.headline_fr == "Éléphant"
    assert draft_of(page).headline_fr == "Brouillon"


def test_a_half_written_second_language_never_goes_live_by_plain_publish(journal, admin):
    page = make_article(journal, "Éléphant", None, live_in=["fr"])
    form = article_form("Éléphant", "Half", PUBLISH, lead_en="", body_en_count="0")
    assert edit(admin, page, form).status_code == 302
    assert live_in(page) == ["fr"]
    edit(admin, page, article_form("Éléphant", "Half written", PUBLISH, lead_en=""))
    assert live_in(page) == ["fr"]


def test_publishing_the_second_language_adds_it(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    edit(admin, page, article_form("Éléphant", "Elephant", PUBLISH_ENGLISH))
    assert live_in(page) == ["fr", "en"]


def test_emptying_the_live_language_does_not_publish_the_other_instead(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    response = edit(admin, page, article_form(None, "Elephant", PUBLISH))
    assert "headline_fr" in errors(response)
    assert live_in(page) == ["fr"]


def test_emptying_one_of_two_live_languages_is_refused_by_the_form(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    response = edit(admin, page, article_form("Éléphant", None, PUBLISH))
    assert "headline_en" in errors(response)
    assert live_in(page) == ["fr", "en"]


def test_in_code_an_emptied_language_is_refused_and_no_other_comes(journal):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    with pytest.raises(NotPublishable):
        publish_draft(page, headline_fr="")
    assert live_in(page) == ["fr"]


def test_who_may_not_publish_saves_a_draft_whatever_button_is_posted(journal, client):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    sign_in(client, "editor")
    for button in (PUBLISH_ENGLISH, PUBLISH_BOTH, PUBLISH_FRENCH):
        edit(client, page, article_form("Brouillon", "Draft", button))
        page.refresh_from_db()
        assert page.live_languages == ["fr"]
        assert (page.headline_fr, page.headline_en) == ("Éléphant", None)
        draft = draft_of(page)
        assert (draft.headline_fr, draft.headline_en) == ("Brouillon", "Draft")
        assert not (draft.publish_requested_fr or draft.publish_requested_en)


def test_who_may_not_publish_creates_a_draft_whatever_button_is_posted(journal, client):
    sign_in(client, "editor")
    create(client, journal.articles, article_form("Éléphant", "Elephant", PUBLISH_BOTH))
    page = newest_page()
    assert not page.live
    assert page.live_languages == []


def test_a_button_of_an_unknown_language_saves_a_draft(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    edit(admin, page, article_form("Brouillon", "Draft", "action-publish-only-de"))
    assert live_in(page) == ["fr"]
    assert draft_of(page).headline_fr == "Brouillon"


def test_the_publishing_menu_names_the_languages(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    html = admin.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    for button in (PUBLISH_FRENCH, PUBLISH_ENGLISH, PUBLISH_BOTH):
        assert f'name="{button}"' in html
    assert f'name="{PUBLISH}"' not in html
    create_page = admin.get(f"/admin/pages/add/diptych/articlepage/{journal.articles.pk}/")
    assert f'name="{PUBLISH_ENGLISH}"' in create_page.content.decode()


def test_an_old_version_can_be_published_in_one_language(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    address = f"/admin/pages/{page.pk}/revisions/{page.latest_revision_id}/revert/"
    html = admin.get(address).content.decode()
    for button in (PUBLISH_FRENCH, PUBLISH_ENGLISH, PUBLISH_BOTH):
        assert f'name="{button}"' in html


def test_the_publishing_menu_offers_nothing_to_who_may_not_publish(journal, client):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    sign_in(client, "editor")
    html = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    for button in (PUBLISH, PUBLISH_FRENCH, PUBLISH_ENGLISH, PUBLISH_BOTH):
        assert f'name="{button}"' not in html
