"""Rows of a language that the settings no longer name: nothing fails on them or shows them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from diptych.articles.languages.models import (
    DraftLink,
    LanguageSchedule,
    PageLanguage,
    TranslationAssignment,
)
from tests.articles.languages.editor import article_form, draft_of, edit
from tests.factories import make_article, make_user, publish_draft

GERMAN = "/accueil/artikel/otter/"


@pytest.fixture
def otter(journal):
    """An article with what it had in German before that was removed from the settings."""
    page = make_article(journal, "Loutre", "Otter")
    user = make_user("moderator")
    PageLanguage.objects.create(
        page_id=page.pk, language="de", slug="otter", url_path=GERMAN, live=True, translated=True
    )
    soon = timezone.now() + timedelta(minutes=-1)
    LanguageSchedule.objects.create(page=page, language="de", act="publish", due_at=soon, user=user)
    TranslationAssignment.objects.create(page=page, language="de", translator=user)
    DraftLink.objects.create(
        page=page, language="de", user=user, expires_at=timezone.now() + timedelta(days=1)
    )
    return page


def test_the_page_is_published_and_served_as_before(otter, client):
    publish_draft(otter, headline_fr="Loutres")
    otter.unpublish_languages(["en"])
    otter.publish_languages(["en"])
    assert client.get("/fr/articles/loutre/").status_code == 200
    assert [each["lang_code"] for each in otter.alternates()] == ["fr", "en"]
    assert client.get("/en/artikel/otter/").status_code == 404


@pytest.mark.rare
def test_the_page_is_edited_as_before(otter, admin):
    for path in ("edit/", "history/", "usage/", "copy/", "delete/"):
        assert admin.get(f"/admin/pages/{otter.pk}/{path}").status_code == 200, path
    for language, status in (("en", 200), ("de", 404)):
        side_by_side = reverse("diptych_translate", args=(otter.pk, language))
        assert admin.get(side_by_side).status_code == status
    edit(admin, otter, article_form("Deux", "Two"))
    assert draft_of(otter).headline_fr == "Deux"


def test_a_date_in_the_language_waits_for_it(otter):
    call_command("publish_scheduled", verbosity=0)
    assert LanguageSchedule.objects.filter(language="de").exists()


def migrate():
    """Migrate as outside of a test, where no check of a foreign key waits for a transaction."""
    connection.check_constraints()
    call_command("migrate", verbosity=0)


def test_migrate_finishes_what_it_began_when_a_language_was_added(otter):
    PageLanguage.objects.filter(page_id=otter.pk).exclude(language="fr").delete()
    migrate()
    row = PageLanguage.objects.get(page_id=otter.pk, language="en")
    assert (row.slug, row.live) == ("otter", True)


def test_migrate_deletes_the_rows_that_are_made_of_pages(otter):
    migrate()
    assert not PageLanguage.objects.filter(language="de").exists()
    assert PageLanguage.objects.filter(page_id=otter.pk).count() == 2
    assert TranslationAssignment.objects.filter(language="de").exists()
