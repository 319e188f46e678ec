"""What is missing for publishing is said at its field, in the tab of its language."""

import pytest
from wagtail.test.utils.form_data import rich_text, streamfield

from tests.articles.admin.html import messages, soup, text_of
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
from tests.factories import make_article, make_image, sign_in
from tests.tiers import one_of


def errors_in_tab(response, tab):
    """The messages that stand in a tab, in order."""
    found = soup(response).select(f"#tab-{tab} .error-message, #tab-{tab} .help-critical")
    return [text_of(each) for each in found]


def test_messages_stand_in_the_tab_of_their_language(journal, admin):
    page = make_article(journal, live_in=())
    form = article_form("Titre", "Title", PUBLISH_ENGLISH, lead_fr="", lead_en="")
    response = edit(admin, page, form)
    assert set(errors(response)) == {"lead_en"}
    assert errors_in_tab(response, "english") == ["The lead is missing."]
    assert errors_in_tab(response, "francais") == []
    assert live_in(page) == []


def test_the_tab_counts_its_errors(journal, admin):
    page = make_article(journal, live_in=())
    response = edit(admin, page, article_form("Titre", "Title", PUBLISH_BOTH, lead_en=""))
    tab = soup(response).select_one("#tab-label-english [data-controller=w-count]")
    assert tab["data-w-count-container-value"] == "#tab-english"
    said = " ".join(messages(response))
    assert "Not published: 1 thing to do. The draft is saved." in said


def test_nothing_of_what_was_written_is_lost(journal, admin):
    page = make_article(journal, live_in=())
    form = article_form("Autre titre", "Other title", PUBLISH_BOTH, lead_en="", hero_alt_fr="Lac")
    written = soup(edit(admin, page, form))
    assert written.select_one("#id_headline_fr").text.strip() == "Autre titre"
    assert written.select_one("#id_headline_en").text.strip() == "Other title"
    assert written.select_one("#id_hero_alt_fr").text.strip() == "Lac"
    assert "Other title" in written.select_one("#body_en, [data-block*=body_en]").parent.decode()


@pytest.mark.parametrize(
    ("button", "fields"),
    [
        (PUBLISH_ENGLISH, {"headline_en", "lead_en", "body_en"}),
        (PUBLISH_FRENCH, set()),
        pytest.param(PUBLISH_BOTH, {"headline_en", "lead_en", "body_en"}, marks=pytest.mark.rare),
        pytest.param(PUBLISH, set(), marks=pytest.mark.rare),
        pytest.param(None, set(), marks=pytest.mark.rare),
    ],
)
def test_only_what_is_published_has_to_be_complete(journal, admin, button, fields):
    response = create(admin, journal.articles, article_form("Titre", None, button))
    found = set(errors(response)) if response.status_code == 200 else set()
    assert found == fields


def test_alternative_text_of_the_main_picture(journal, admin):
    image = make_image(alt_fr="", alt_en="A lake")
    page = make_article(journal, live_in=())
    form = article_form("Titre", "Title", PUBLISH_BOTH, hero_image=image.pk)
    response = edit(admin, page, form)
    assert errors(response) == {"hero_alt_fr": ["The main picture has no alternative text."]}
    tab = soup(response).select_one("[id^=tab-]:has([name=hero_image])")
    messages = errors_in_tab(response, tab["id"].removeprefix("tab-"))
    assert messages == ["The main picture has no alternative text."]
    form = article_form("Titre", "Title", PUBLISH_BOTH, hero_image=image.pk, hero_alt_fr="Un lac")
    assert edit(admin, page, form).status_code == 302


@pytest.mark.rare
def test_messages_are_in_the_language_of_the_interface(journal, client):
    sign_in(client, language="fr")
    page = make_article(journal, live_in=())
    response = edit(client, page, article_form("Titre", "Title", PUBLISH_ENGLISH, lead_en=""))
    assert errors_in_tab(response, "english") == ["Le chapeau manque."]


def test_the_state_panel_lists_what_is_missing_in_what_was_posted(journal, admin):
    page = make_article(journal, live_in=())
    response = edit(admin, page, article_form("Titre", "Title", PUBLISH_ENGLISH, lead_en=""))
    assert "The lead is missing." in text_of(soup(response).select_one("#language-state-en"))


@pytest.mark.parametrize("is_new", one_of([True, False], "rare"))
def test_a_block_that_is_not_filled_in_is_something_to_do_in_a_draft(journal, admin, is_new):
    heading = ("heading", {"text": "", "level": "h2"})
    body = streamfield([("paragraph", rich_text("<p>Du texte.</p>")), heading])
    form = article_form("Autre titre", None, PUBLISH_FRENCH, body_fr=body)
    if is_new:
        response, page = create(admin, journal.articles, form), newest_page()
    else:
        page = make_article(journal, live_in=())
        response = edit(admin, page, form)
    said = " ".join(messages(response))
    assert "Not published: 1 thing to do. The draft is saved." in said
    assert set(errors(response)) == {"body_fr"}
    draft = draft_of(page)
    assert draft.headline_fr == "Autre titre"
    block = f"#:w:contentpath=body_fr.{draft.body_fr[1].id}.text"
    links = soup(response).find_all("a", string="Not filled in: Heading.")
    assert [link["href"].partition("edit/")[2] or link["href"] for link in links] == [block, block]
    assert live_in(page) == []


def test_what_cannot_be_saved_is_an_error_and_no_draft(journal, admin):
    page = make_article(journal, live_in=())
    quotation = {"text": "Oui.", "attribution": "", "source": "no address"}
    heading = ("heading", {"text": "", "level": "h2"})
    body = streamfield([("quotation", quotation), heading])
    response = edit(admin, page, article_form("Autre titre", None, PUBLISH_FRENCH, body_fr=body))
    assert set(errors(response)) == {"body_fr"}
    assert not any("The draft is saved." in each for each in messages(response))
    assert draft_of(page).headline_fr != "Autre titre"


def test_a_line_break_in_a_headline_counts_as_a_space(journal, admin):
    page = make_article(journal, live_in=())
    edit(admin, page, article_form("Une pause\r\n  au\u202f: milieu", "A pause\nwithin"))
    draft = page.stored().get_latest_revision_as_object()
    assert draft.headline_fr == "Une pause au\u202f: milieu"
    assert draft.headline_en == "A pause within"
