"""Which items of an export visitors see, since when, and which are drafts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from diptych.articles.languages.models import LanguageSchedule
from diptych.articles.models import ArticlePage
from diptych.articles.transfer.models import ImportedItem
from tests.articles.transfer.wordpress.imports import (
    LEAD,
    PAIR,
    category,
    item,
    outcomes,
    page_of,
    reason,
)
from tests.tiers import one_of

pytestmark = [pytest.mark.rare, pytest.mark.usefixtures("in_english")]
STATUSES = ["private", "draft", "pending", "publish", "future", "odd"]


@pytest.mark.parametrize("status", one_of(STATUSES, "rare"))
def test_what_visitors_could_not_read_is_a_draft(run, client, status):
    password = {"post_password": "secret"} if status == "publish" else {}
    report = run(item(1, "fr", LEAD, status=status, **password), item(2, "fr", LEAD))
    hidden = page_of(1)
    assert reason(report, 1)
    assert hidden.live_languages == []
    assert hidden.get_latest_revision_as_object().headline_fr == "Titre 1"
    for address in ("/fr/", "/fr/articles/", "/fr/feed/", "/fr/search/?q=Titre", "/sitemap.xml"):
        said = client.get(address, follow=True).content.decode()
        assert "Titre 1" not in said and "texte-1" not in said, address
    assert client.get("/fr/articles/texte-1/").status_code == 404
    listed = client.get("/fr/api/articles/").json()["items"]
    assert [each["id"] for each in listed] == [page_of(2).pk]


def test_a_date_to_come_is_kept(run):
    due = timezone.now().replace(microsecond=0) + timedelta(days=9)
    texts = {"status": "future", "post_date_gmt": f"{due:%Y-%m-%d %H:%M:%S}"}
    future = item(1, "fr", LEAD, **texts).replace(
        "<wp:post_date_gmt>2012-05-02 08:00:00</wp:post_date_gmt>", ""
    )
    run(future)
    schedule = LanguageSchedule.objects.get()
    assert (schedule.language, schedule.due_at) == ("fr", due)
    LanguageSchedule.objects.update(due_at=timezone.now())
    call_command("publish_scheduled")
    assert page_of(1).live_languages == ["fr"]
    assert outcomes(run(future)) == {1: "unchanged"}


@pytest.mark.rare
def test_what_is_taken_offline_in_wordpress_is_taken_offline(run):
    run(*PAIR)
    run(item(1, "fr", LEAD + category("climat", "Climat"), group="pll_1", status="draft"), PAIR[1])
    assert ArticlePage.objects.get().live_languages == ["en"]


@pytest.mark.parametrize("first", one_of(["draft", "live"], "rare"))
def test_topics_of_a_private_translation_are_not_public(run, first):
    draft = item(1, "fr", LEAD + category("secret", "Secret"), group="pll_1", status="private")
    pair = [draft, PAIR[1]] if first == "draft" else [PAIR[1], draft]
    run(*pair)
    page = ArticlePage.objects.get()
    assert [each.topic.headline_en for each in page.topics.all()] == ["Climate"]
    assert set(outcomes(run(*pair)).values()) == {"unchanged"}
    run(item(1, "fr", LEAD + category("secret", "Secret"), group="pll_1"), PAIR[1])
    assert ArticlePage.objects.get().topics.count() == 2


def test_dates_are_those_of_each_language(run):
    run(*PAIR)
    page = ArticlePage.objects.get()
    first, second = (datetime(2012, 5, day, 8, tzinfo=UTC) for day in (2, 3))
    assert (page.first_public_at_fr, page.first_public_at_en) == (first, second)
    assert page.updated_at_en == datetime(2013, 5, 3, 8, tzinfo=UTC)
    assert page.first_published_at == first
    assert page.last_published_at == page.last_public_at_en == page.updated_at_en
    assert page.languages.get(language="en").printed_date == second


def test_what_the_editor_would_refuse_is_live_and_listed(run, client):
    report = run(item(1, "fr"))
    page = page_of(1)
    assert client.get(page.url_in("fr")).status_code == 200
    assert "Imported as it was: The lead is missing." in reason(report, 1)
    row = ImportedItem.objects.get(kind="post")
    assert row.imported_as_it_was == ["The lead is missing."]
