"""What is said when the workflow of Wagtail is approved for the last time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from diptych.articles.languages.models import Review, TranslationAssignment
from tests.articles.admin.html import messages
from tests.articles.languages import editor
from tests.factories import make_article, make_image, make_user, write_draft


@pytest.fixture
def article(journal):
    """Live in French with a newer draft, and written in English, which nobody published yet."""
    page = make_article(journal, "Le lac", "The lake", live_in=["fr"])
    write_draft(page, lead_fr="Il gèle encore.")
    page.get_workflow().start(page, make_user("editor"))
    return type(page).objects.get(pk=page.pk)


def in_the_dialog(client, article, **values):
    state = article.current_workflow_task_state
    names = (article.pk, "approve", state.pk)
    address = reverse("wagtailadmin_pages:workflow_action", args=names)
    return messages(client.post(address, {"comment": ""}, follow=True))


def in_the_editor(client, article, **values):
    form = editor.article_form("Le lac", "The lake") | {"workflow-action-name": "approve"}
    for code in article.languages_written():
        form[f"body_{code}-0-id"] = article.text_in("body", code)[0].id
        form[f"url_slug_{code}"] = article.text_in("url_slug", code)
    form |= {"action-workflow-action": "true", **values}
    edit = reverse("wagtailadmin_pages:edit", args=(article.pk,))
    return messages(client.post(edit, {**editor.opened_on(article), **form}, follow=True))


@pytest.mark.parametrize("way", [in_the_dialog, in_the_editor])
def test_languages_that_went_live_and_those_left_out_are_named(admin, article, way):
    said = " ".join(way(admin, article))
    assert "The page is now live in French: Le lac" in said
    assert "Not published with it: English: Nobody has asked for its publication." in said


@pytest.fixture
def unchanged(admin, journal):
    """Live in both languages as the form of the editor has it, in a workflow."""
    page = make_article(journal, "Le lac", "The lake")
    form = editor.article_form("Le lac", "The lake", editor.PUBLISH_BOTH)
    editor.edit(admin, page, form)
    admin.get(reverse("wagtailadmin_home"))  # takes the messages
    page.get_workflow().start(page.stored(), make_user("editor"))
    return page.stored()


@pytest.mark.parametrize("way", [in_the_dialog, in_the_editor])
def test_an_approval_that_changes_nothing_names_no_language(admin, unchanged, way):
    said = " ".join(way(admin, unchanged))
    assert "Approved. Nothing new for readers: Le lac" in said
    assert "now live" not in said


@pytest.mark.parametrize("way", [in_the_dialog, in_the_editor])
def test_one_that_changes_what_languages_share_says_so(admin, unchanged, way):
    image = make_image()
    write_draft(unchanged, hero_image=image)
    said = " ".join(way(admin, unchanged, hero_image=image.pk))
    assert "Approved. Readers see only changes that all languages share: Le lac" in said
    assert "now live" not in said
    assert unchanged.stored().hero_image == image


@pytest.mark.rare
def test_one_that_waits_for_a_review_is_left_out_for_that(admin, article):
    values = {"review": Review.SUBMITTED, "submitted_by": make_user("editor")}
    TranslationAssignment.objects.create(page_id=article.pk, language="en", **values)
    assert "English: It waits for a review." in " ".join(in_the_dialog(admin, article))


@pytest.mark.rare
def test_what_is_open_is_the_reason(admin, article):
    write_draft(article, body_en=article.body_fr)
    assert "place is not in English yet" in " ".join(in_the_dialog(admin, article))


@pytest.mark.rare
def test_nothing_is_said_of_a_language_that_is_not_written(admin, article):
    write_draft(article, headline_en="", lead_en="", body_en=[])
    assert "Not published with it" not in " ".join(in_the_dialog(admin, article))


@pytest.mark.parametrize("way", [in_the_dialog, in_the_editor])
@pytest.mark.rare
def test_what_languages_share_is_checked_where_one_text_is_new_too(admin, unchanged, way):
    image = make_image("Sans texte", alt_fr="", alt_en="A frozen lake")
    write_draft(unchanged, hero_image=image, lead_en="It freezes.")
    way(admin, unchanged, hero_image=image.pk, lead_en="It freezes.")
    assert unchanged.stored().hero_image is None
    assert unchanged.stored().lead_en != "It freezes."


@pytest.mark.rare
def test_a_last_day_alone_is_nothing_new_for_readers(admin, unchanged):
    write_draft(unchanged, expire_at=timezone.now() + timedelta(days=9))
    assert "Nothing new for readers" in " ".join(in_the_dialog(admin, unchanged))
