"""Ways of publishing that pass the editor's form by do not publish what is incomplete."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from diptych.articles.languages.admin.publishing.messages import NAMED
from tests.articles.admin.html import messages, soup, text_of
from tests.articles.languages.editor import SUBMIT, article_form, edit, errors, live_in
from tests.factories import make_article, make_image, make_page, sign_in, write_draft


def publish_selected(client, *pages, **data):
    """Publish pages that are ticked in a list; the list with its messages."""
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    back = reverse("wagtailadmin_explore_root")
    query = {"id": [page.pk for page in pages], "next": back}
    response = client.post(address, data, query_params=query)
    assert response.status_code == 302
    assert response["Location"] == back
    return client.get(back)


def test_a_complete_page_is_published(journal, admin):
    page = make_article(journal, live_in=())
    said = messages(publish_selected(admin, page))
    assert said == ["1 page has been published. In French and English: Le lac gèle"]
    assert live_in(page) == ["fr", "en"]


def test_an_incomplete_page_is_refused_with_what_it_lacks(journal, admin):
    page = make_article(journal, "Titre", "Title", live_in=(), lead_fr="")
    said = messages(publish_selected(admin, page))
    assert len(said) == 1
    assert said[0] == "Not published: 1 thing to do in “Titre”. The draft is saved."
    assert live_in(page) == []


def test_the_others_are_published(journal, admin):
    whole = make_article(journal, "Entier", None, live_in=())
    half = make_article(journal, "Moitié", None, live_in=(), lead_fr="")
    said = " ".join(messages(publish_selected(admin, whole, half)))
    assert "Not published: 1 thing to do in “Moitié”." in said
    assert "1 page has been published" in said
    assert (live_in(whole), live_in(half)) == (["fr"], [])


def test_a_language_that_is_not_published_may_lack_anything(journal, admin):
    page = make_article(journal, live_in=(), lead_en="", body_en="[]")
    publish_selected(admin, page)
    assert live_in(page) == ["fr"]


def test_every_language_that_is_live_has_to_be_complete(journal, admin):
    page = make_article(journal)
    write_draft(page, lead_en="", headline_fr="Changé")
    response = publish_selected(admin, page)
    (link,) = soup(response).select(".messages a")
    assert text_of(link) == "English: The lead is missing."
    assert link["href"] == f"/admin/pages/{page.pk}/edit/#:w:contentpath=lead_en"
    page.refresh_from_db()
    assert (page.headline_fr, page.lead_en) == ("Le lac gèle", "Lead of The lake freezes.")


@pytest.mark.rare
def test_pages_below_count_when_they_are_included(journal, admin):
    from diptych.articles.models import ArticleIndexPage

    section = make_page(ArticleIndexPage, journal.home, "Rubrique", "Section", live_in=())
    journal.articles = section
    make_article(journal, "Moitié", None, live_in=(), lead_fr="")
    said = messages(publish_selected(admin, section, include_descendants="on"))
    assert "Not published: 1 thing to do in “Moitié”." in said[0]
    assert live_in(section) == []
    publish_selected(admin, section)
    assert live_in(section) == ["fr", "en"]


@pytest.mark.rare
def test_a_long_selection_is_summed_up(journal, admin):
    pages = [
        make_article(journal, f"Titre {number}", None, live_in=(), lead_fr="")
        for number in range(NAMED + 2)
    ]
    said = messages(publish_selected(admin, *pages))
    assert len(said) == NAMED + 1
    assert said[-1] == "2 more pages have not been published: something is missing in them."


def test_pages_that_are_not_in_languages_are_left_to_wagtail(journal, admin):
    other = Page.get_first_root_node().add_child(
        instance=Page(title="Other", slug="other", live=False)
    )
    publish_selected(admin, other)
    other.refresh_from_db()
    assert other.live


@pytest.fixture
def moderation(journal, client):
    """An article that an editor has submitted, and a browser of the moderator."""
    sign_in(client, "editor")
    page = make_article(journal, "Titre", None, live_in=())
    edit(client, page, article_form("Titre", None, SUBMIT))
    moderator = Client()
    sign_in(moderator, "moderator")
    return page, moderator


def act(client, page, action):
    state = page.current_workflow_task_state
    names = (page.pk, action, state.pk)
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=names), {"comment": ""})


def test_approval_publishes_what_is_complete(moderation):
    page, moderator = moderation
    act(moderator, page, "approve")
    assert live_in(page) == ["fr"]


def test_approval_waits_for_what_has_become_incomplete(moderation):
    page, moderator = moderation
    image = make_image(alt_fr="", alt_en="")
    edit(moderator, page, article_form("Titre", None, hero_image=image.pk))
    response = moderator.get(act(moderator, page, "approve")["Location"])
    said = text_of(soup(response).main)
    assert "Not published: 1 thing to do The draft is saved. The main picture has no" in said
    page.refresh_from_db()
    assert live_in(page) == []
    assert page.workflow_in_progress


def test_what_is_incomplete_can_be_sent_back(moderation):
    page, moderator = moderation
    form = article_form("Titre", None, "action-workflow-action", lead_fr="")
    approve = {**form, "workflow-action-name": "approve"}
    assert set(errors(edit(moderator, page, approve))) == {"lead_fr"}
    edit(moderator, page, {**form, "workflow-action-name": "reject"})
    page.refresh_from_db()
    assert page.current_workflow_state.status == "needs_changes"


def test_what_is_incomplete_is_not_submitted(journal, client):
    sign_in(client, "editor")
    page = make_article(journal, "Titre", None, live_in=())
    response = edit(client, page, article_form("Titre", None, SUBMIT, lead_fr=""))
    assert set(errors(response)) == {"lead_fr"}
