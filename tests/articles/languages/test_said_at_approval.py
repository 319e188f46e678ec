"""What is said when the workflow of Wagtail is approved for the last time."""

import pytest
from django.urls import reverse

from diptych.articles.languages.models import Review, TranslationAssignment
from tests.articles.admin.html import messages
from tests.articles.languages import editor
from tests.factories import make_article, make_user, write_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(journal):
    """Live in French with a newer draft, and written in English, which nobody published yet."""
    page = make_article(journal, "Le lac", "The lake", live_in=["fr"])
    write_draft(page, lead_fr="Il gèle encore.")
    page.get_workflow().start(page, make_user("editor"))
    return type(page).objects.get(pk=page.pk)


def in_the_dialog(client, article):
    state = article.current_workflow_task_state
    names = (article.pk, "approve", state.pk)
    address = reverse("wagtailadmin_pages:workflow_action", args=names)
    return messages(client.post(address, {"comment": ""}, follow=True))


def in_the_editor(client, article):
    form = editor.article_form("Le lac", "The lake") | {"workflow-action-name": "approve"}
    form["action-workflow-action"] = "true"
    edit = reverse("wagtailadmin_pages:edit", args=(article.pk,))
    return messages(client.post(edit, {**editor.opened_on(article), **form}, follow=True))


@pytest.mark.parametrize("way", [in_the_dialog, in_the_editor])
def test_languages_that_went_live_and_those_left_out_are_named(admin, article, way):
    said = " ".join(way(admin, article))
    assert "The page is now live in French: Le lac" in said
    assert "Not published with it: English: Nobody has asked for its publication." in said


def test_one_that_waits_for_a_review_is_left_out_for_that(admin, article):
    values = {"review": Review.SUBMITTED, "submitted_by": make_user("editor")}
    TranslationAssignment.objects.create(page_id=article.pk, language="en", **values)
    assert "English: It waits for a review." in " ".join(in_the_dialog(admin, article))


def test_what_is_open_is_the_reason(admin, article):
    write_draft(article, body_en=article.body_fr)
    assert "place is not in English yet" in " ".join(in_the_dialog(admin, article))


def test_nothing_is_said_of_a_language_that_is_not_written(admin, article):
    write_draft(article, headline_en="", lead_en="", body_en=[])
    assert "Not published with it" not in " ".join(in_the_dialog(admin, article))
