"""The worklist makes few queries, however many articles there are."""

import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Revision

from articles.languages.models import PageLanguage, Progress, TranslationAssignment
from articles.models import ArticlePage
from tests.articles.admin.html import table
from tests.articles.worklist.people import WORKLIST, browser_of, make_translator, missing

BUDGET = 15
STATES = (Progress.MISSING, Progress.IN_PROGRESS, Progress.OUTDATED, Progress.UP_TO_DATE)


def fill(journal, number, translator, start=0):
    """Articles as the database holds them, each with a draft, two rows and an assignment."""
    kind = ContentType.objects.get_for_model(ArticlePage)
    base = ContentType.objects.get_for_model(Page)
    now = timezone.now()
    like = Page.objects.get(pk=journal.articles.pk)
    pages = Page.objects.bulk_create(
        Page(
            title=f"Titre {each}",
            draft_title=f"Titre {each}",
            slug=f"bulk-{each}",
            url_path=f"{like.url_path}bulk-{each}/",
            path=Page._get_path(like.path, like.depth + 1, each + 1000),
            depth=like.depth + 1,
            content_type=kind,
            locale=like.locale,
            latest_revision_created_at=now,
        )
        for each in range(start, start + number)
    )
    text = " ".join(["mot"] * 500)
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=kind,
            base_content_type=base,
            object_id=str(page.pk),
            created_at=now,
            content={
                "headline_fr": page.title,
                "headline_en": f"Headline {page.pk}" if page.pk % 2 else None,
                "source_language": "fr",
                "body_fr": json.dumps([{"type": "paragraph", "value": text, "id": "a"}]),
            },
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = revision
    Page.objects.bulk_update(pages, ["latest_revision"], batch_size=500)
    PageLanguage.objects.bulk_create(
        PageLanguage(
            page=page,
            language=language,
            slug=page.slug,
            url_path=page.url_path,
            progress=Progress.ORIGINAL if language == "fr" else STATES[page.pk % 4],
            words_missing=page.pk % 700,
            edited_at=now,
            edited_by=translator,
        )
        for page in pages
        for language in ("fr", "en")
    )
    TranslationAssignment.objects.bulk_create(
        TranslationAssignment(
            page=page, language="en", translator=translator, due_date=now.date(), comment="Vite"
        )
        for page in pages[::2]
    )


def queries(client, **parameters):
    client.get(WORKLIST, parameters)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(WORKLIST, parameters)
        assert len(table(response)) == 50
    return [query["sql"] for query in captured]


VIEWS = [
    {},
    {"ordering": "title"},
    {"ordering": "-words", "language": "en"},
    {"claimed": "me", "ordering": "due"},
    {"tab": "mine"},
]


@pytest.mark.scale
def test_fifteen_queries_for_fifty_rows_of_many(journal):
    translator = make_translator(journal, "tom", "en", "fr", actions=("edit", "publish"))
    fill(journal, 120, translator)
    client = browser_of(translator)
    few = [queries(client, **parameters) for parameters in VIEWS]
    assert max(map(len, few)) <= BUDGET, few
    fill(journal, 4880, translator, start=120)
    many = [queries(client, **parameters) for parameters in VIEWS]
    assert [*map(len, many)] == [*map(len, few)], many


def test_an_administrator_asks_no_more(journal, as_chief, ana):
    fill(journal, 60, ana)
    assert len(queries(as_chief)) <= BUDGET


def test_the_panel_asks_no_more_for_many(journal, as_ana, ana):
    """It stands on the first screen, which everybody opens."""

    def asked():
        as_ana.get("/admin/")
        with CaptureQueriesContext(connection) as captured:
            assert b"diptych-waiting" in as_ana.get("/admin/").content
        return len(captured)

    missing_page = missing(journal)
    TranslationAssignment.objects.create(page=missing_page, language="en", translator=ana)
    few = asked()
    fill(journal, 60, ana)
    assert asked() <= few
