"""A language goes live by nobody's accident, whichever way Wagtail publishes the page."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from diptych.articles.languages.models import LanguageSchedule
from diptych.articles.languages.publication.schedules.scheduling import set_date
from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import (
    PUBLISH,
    PUBLISH_BOTH,
    PUBLISH_ENGLISH,
    PUBLISH_FRENCH,
    SUBMIT,
    article_form,
    create,
    draft_of,
    edit,
    live_in,
    newest_page,
    revert,
)
from tests.factories import make_article, sign_in, write_draft
from tests.tiers import one_of, one_row_of

IN_AN_HOUR = timedelta(hours=1)


def bulk(client, action, *pages):
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
    ids = "&".join(f"id={page.pk}" for page in pages)
    response = client.post(f"{address}?next=/admin/&{ids}")
    assert response.status_code == 302


def in_browser_time(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def let_the_hour_pass(page):
    """Put the dates of the scheduled revision into the past, and run the command of each hour."""
    revision = page.revisions.get(approved_go_live_at__isnull=False)
    past = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    call_command("publish_scheduled", verbosity=0)


def test_bulk_publish_leaves_a_half_written_language_alone(journal, admin):
    page = make_article(journal, "Éléphant", None, live_in=["fr"])
    write_draft(page, headline_fr="Éléphant 2", headline_en="Half")
    never_live = make_article(journal, "Tigre", "Tiger", live_in=[])
    bulk(admin, "publish", page, never_live)
    assert live_in(page) == ["fr"]
    assert live_in(never_live) == ["fr", "en"]
    assert ArticlePage.objects.get(pk=page.pk).headline_fr == "Éléphant 2"


def test_bulk_publish_does_not_bring_back_a_language_that_was_unpublished(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    edit(admin, page, article_form("Éléphant", "Elephant", PUBLISH_BOTH))
    page.unpublish_languages(["en"])
    bulk(admin, "publish", page)
    assert live_in(page) == ["fr"]


def test_the_question_of_bulk_publish_asks_once_for_the_dates_of_all_pages(journal, admin):
    pages = [make_article(journal, f"Page {number}", live_in=["fr"]) for number in range(4)]
    set_date(pages[0], "en", LanguageSchedule.Act.PUBLISH, timezone.now() + IN_AN_HOUR, None)
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    asked = []
    for number in (2, 4):
        ids = "&".join(f"id={page.pk}" for page in pages[:number])
        with CaptureQueriesContext(connection) as queries:
            answer = admin.get(f"{address}?next=/admin/&{ids}")
        table = LanguageSchedule._meta.db_table
        asked.append(sum(f'FROM "{table}"' in each["sql"] for each in queries.captured_queries))
    assert asked[0] == asked[1] == 1
    languages = {each["item"].pk: str(each["languages"]) for each in answer.context["items"]}
    assert "English" not in languages[pages[0].pk] and "English" in languages[pages[1].pk]


def test_workflow_approval_publishes_the_languages_that_are_live(journal, client):
    page = make_article(journal, "Éléphant", None, live_in=["fr"])
    sign_in(client, "editor")
    edit(client, page, article_form("Éléphant 2", "Submitted", SUBMIT))
    page.refresh_from_db()
    task = page.current_workflow_task_state
    sign_in(client, "moderator")
    address = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", task.pk))
    assert client.post(address, {"comment": ""}).status_code in (200, 302)
    page.refresh_from_db()
    assert page.headline_fr == "Éléphant 2"
    assert page.live_languages == ["fr"]


def test_workflow_approval_of_a_new_page_publishes_its_source_language(journal, client):
    sign_in(client, "editor")
    create(client, journal.articles, article_form("Éléphant", "Elephant", SUBMIT))
    page = newest_page()
    assert not page.live
    task = page.current_workflow_task_state
    sign_in(client, "moderator")
    address = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", task.pk))
    client.post(address, {"comment": ""})
    assert live_in(page) == ["fr"]


@pytest.mark.parametrize(
    ("button", "languages"),
    one_row_of(
        [(PUBLISH, ["fr"]), (PUBLISH_ENGLISH, ["en"]), (PUBLISH_BOTH, ["fr", "en"])], "rare"
    ),
)
def test_a_new_page_goes_live_at_its_date_in_the_languages_of_the_button(
    journal, admin, reader, button, languages
):
    at = timezone.now() + IN_AN_HOUR
    form = article_form("Éléphant", "Elephant", button, go_live_at=in_browser_time(at))
    assert create(admin, journal.articles, form).status_code == 302
    page = newest_page()
    assert not page.live
    assert page.live_languages == []
    assert (page.first_public_at_fr, page.first_public_at_en) == (None, None)
    assert reader.get("/fr/articles/elephant/").status_code == 404
    let_the_hour_pass(page)
    page = ArticlePage.objects.get(pk=page.pk)
    assert page.live_languages == languages


def test_a_live_page_is_replaced_at_its_date_in_one_language(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    at = in_browser_time(timezone.now() + IN_AN_HOUR)
    edit(admin, page, article_form("Éléphant 2", "Draft", PUBLISH_FRENCH, go_live_at=at))
    page.refresh_from_db()
    assert (page.headline_fr, page.headline_en) == ("Éléphant", "Elephant")
    draft = draft_of(page)
    assert (draft.headline_fr, draft.headline_en) == ("Éléphant 2", "Draft")
    let_the_hour_pass(page)
    page.refresh_from_db()
    assert (page.headline_fr, page.headline_en) == ("Éléphant 2", "Elephant")
    draft = draft_of(page)
    assert (draft.headline_fr, draft.headline_en) == ("Éléphant 2", "Draft")
    assert page.live_languages == ["fr", "en"]


def test_a_language_added_at_a_date_is_not_live_before_it(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    at = in_browser_time(timezone.now() + IN_AN_HOUR)
    edit(admin, page, article_form("Éléphant", "Elephant", PUBLISH_BOTH, go_live_at=at))
    assert live_in(page) == ["fr"]
    let_the_hour_pass(page)
    assert live_in(page) == ["fr", "en"]


def test_publishing_an_old_version_keeps_the_languages_of_today(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr", "en"])
    first = page.latest_revision
    edit(admin, page, article_form("Deux", "Two", PUBLISH))
    page.refresh_from_db()
    page.unpublish_languages(["en"])
    revert(admin, page, first, article_form("Éléphant", "Elephant", PUBLISH))
    assert live_in(page) == ["fr"]


def test_publishing_an_old_version_in_code_fulfils_no_old_request_again(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    edit(admin, page, article_form("Éléphant", "Elephant", PUBLISH_BOTH))
    page.refresh_from_db()
    requested = page.latest_revision
    edit(admin, page, article_form("Deux", "Two", PUBLISH))
    page.unpublish_languages(["en"])
    requested.refresh_from_db()
    requested.publish()
    assert live_in(page) == ["fr"]


@pytest.mark.parametrize(("button", "languages"), [(PUBLISH, ["fr"]), (PUBLISH_BOTH, ["fr", "en"])])
def test_after_unpublishing_a_page_comes_back_as_a_new_one_would(journal, admin, button, languages):
    page = make_article(journal, "Éléphant", "Elephant")
    admin.post(reverse("wagtailadmin_pages:unpublish", args=(page.pk,)))
    assert live_in(page) == []
    edit(admin, page, article_form("Éléphant", "Elephant", button))
    assert live_in(page) == languages


def test_bulk_publish_after_unpublishing_brings_back_the_source_only(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    admin.post(reverse("wagtailadmin_pages:unpublish", args=(page.pk,)))
    bulk(admin, "publish", page)
    assert live_in(page) == ["fr"]


def test_saving_an_unpublished_page_in_code_makes_nothing_live(journal):
    page = make_article(journal, "Éléphant", "Elephant")
    page.unpublish()
    page.save()
    assert live_in(page) == []
    page.save_revision().publish()
    assert live_in(page) == ["fr"]


@pytest.mark.parametrize("way", one_of(["admin", "one language", "everywhere"], "rare"))
def test_a_date_that_is_called_off_takes_its_languages_with_it(journal, admin, way):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    at = in_browser_time(timezone.now() + IN_AN_HOUR)
    edit(admin, page, article_form("Éléphant", "Elephant", PUBLISH_BOTH, go_live_at=at))
    revision = page.revisions.get(approved_go_live_at__isnull=False)
    if way == "admin":
        names = (page.pk, revision.pk)
        admin.post(reverse("wagtailadmin_pages:revisions_unschedule", args=names))
    else:
        page.refresh_from_db()
        page.unpublish_languages(["fr"]) if way == "one language" else page.unpublish()
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()
    edit(admin, page, article_form("Éléphant", "Elephant", PUBLISH))
    call_command("publish_scheduled", verbosity=0)
    assert live_in(page) == ["fr"]
