"""Wagtail's own "Publish" publishes nothing that the person pressing it may not."""

import pytest
from django.urls import reverse

from diptych.articles.models import ArticleIndexPage, StandardPage
from tests.articles.languages import editor
from tests.articles.permissions.world import member
from tests.factories import make_article, make_image, make_page, make_user, write_draft


def test_what_is_not_theirs_waits_where_only_their_language_is_live(world):
    page = make_article(world.journal, "Un", "One", live_in=("en",))
    draft = page.get_latest_revision_as_object()
    draft.headline_fr, draft.seo_title = "Deux", "Shared"
    draft.save_revision()
    client = member("editors-en")
    editor.edit(client, page, editor.article_form("Volé", "Two", editor.PUBLISH))
    page.refresh_from_db()
    assert (page.headline_en, page.headline_fr, page.seo_title) == ("Two", None, "")
    draft = editor.draft_of(page)
    assert (draft.headline_en, draft.headline_fr, draft.seo_title) == ("Two", "Deux", "Shared")
    assert editor.live_in(page) == ["en"]


@pytest.mark.parametrize("live_before", [(), ("fr", "en")])
def test_no_address_moves_in_a_language_that_is_not_theirs(world, live_before):
    home = world.journal.home
    section = make_page(ArticleIndexPage, home, "Les arts", "Arts", live_in=live_before)
    below = make_page(StandardPage, section, "Un", "One")
    address = below.languages.get(language="en").url_path
    if section.live:
        section.unpublish()
    section.publish_languages(["fr"], member("editors-fr").user)
    section.refresh_from_db()
    kept = "Arts" if live_before else None
    assert (editor.live_in(section), section.headline_en) == (["fr"], kept)
    assert below.languages.get(language="en").url_path == address
    assert not StandardPage().slug_is_free("en", "arts", home)


@pytest.fixture
def with_new_picture(world):
    """In a workflow, with a new text and a picture without an alternative text in English."""
    page = make_article(world.journal, "Public", "Public in English")
    image = make_image("Sans texte", alt_fr="Un lac", alt_en="")
    write_draft(page, hero_image=image, lead_en="New lead.")
    page.get_workflow().start(page.stored(), make_user("editor"))
    return page.stored()


def in_the_dialog(client, page):
    names = (page.pk, "approve", page.current_workflow_task_state.pk)
    client.post(reverse("wagtailadmin_pages:workflow_action", args=names), {"comment": ""})


def by_the_question(client, page):
    client.post(f"{reverse('diptych_publish', args=[page.pk])}?language=en")


def in_the_editor(client, page):
    texts = {"lead_en": "New lead."}
    form = editor.article_form("Public", "Public in English", editor.PUBLISH_ENGLISH, **texts)
    editor.edit(client, page, form)


@pytest.mark.parametrize("way", [in_the_dialog, by_the_question, in_the_editor])
def test_what_would_not_go_live_with_it_keeps_no_language_back(with_new_picture, way):
    way(member("editors-en"), with_new_picture)
    page = with_new_picture.stored()
    assert page.lead_en == "New lead." and page.hero_image is None
    assert page.get_latest_revision_as_object().hero_image


def test_who_publishes_the_picture_as_well_is_asked_about_it(with_new_picture):
    in_the_dialog(member("chiefs"), with_new_picture)
    page = with_new_picture.stored()
    assert page.lead_en != "New lead." and page.hero_image is None
