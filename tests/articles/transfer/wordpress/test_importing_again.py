"""An export that is imported again, and what editors have done in between."""

from datetime import UTC, datetime

import pytest

from diptych.articles.models import ArticlePage, AuthorPage, StandardPage, TopicPage
from diptych.articles.transfer.models import ImportedItem
from diptych.articles.transfer.wordpress.export import Export
from diptych.articles.transfer.wordpress.importing import source_of
from tests.articles.transfer.wordpress.imports import (
    ENGLISH_LEAD,
    LEAD,
    PAIR,
    category,
    item,
    outcomes,
    page_of,
    reason,
    stored,
)
from tests.factories import make_journal, write_draft
from tests.wordpress_exports import HOST

pytestmark = [pytest.mark.rare, pytest.mark.usefixtures("in_english")]


def test_a_second_run_changes_nothing(run):
    run(*PAIR, item(3, "fr", LEAD, kind="page"), item(4, "fr", LEAD, status="draft"))
    before = stored()
    report = run(*PAIR, item(3, "fr", LEAD, kind="page"), item(4, "fr", LEAD, status="draft"))
    assert set(outcomes(report).values()) == {"unchanged"}
    assert stored() == before


@pytest.mark.rare
def test_another_name_of_the_site_imports_nothing_twice(run, tmp_path, journal):
    run(*PAIR)
    (source,) = set(ImportedItem.objects.values_list("source", flat=True))
    export = Export([tmp_path / "export.xml"], site_host="j.example")
    assert source_of(export, journal.site) == source == f"wordpress:{journal.site.pk}:{HOST}"


@pytest.mark.rare
def test_two_sites_import_one_export_each_for_itself(run, journal):
    other = make_journal("other.example")
    inside = LEAD + category("climat", "Climat")
    parts = [item(1, "fr", inside, group="pll_1"), item(3, "fr", kind="page")]
    run(*parts)
    rows = list(ImportedItem.objects.order_by("pk").values())
    assert outcomes(run(*parts, site=other.site)) == {1: "created", 3: "created"}
    for model in (ArticlePage, StandardPage, AuthorPage, TopicPage):
        for site in (journal, other):
            assert model.objects.descendant_of(site.home).count() == 1, model
    assert set(outcomes(run(*parts)).values()) == {"unchanged"}
    assert set(outcomes(run(*parts, site=other.site)).values()) == {"unchanged"}
    assert list(ImportedItem.objects.order_by("pk").values())[: len(rows)] == rows


def test_two_sites_in_folders_of_one_host_are_two_sources(run):
    """As in a network of WordPress, each of whose sites numbers its texts from 1."""
    french, english = item(1, "fr", LEAD), item(1, "en", ENGLISH_LEAD, content="<p>Body.</p>")
    assert outcomes(run(french, host=f"{HOST}/revue")) == {1: "created"}
    assert outcomes(run(english, host=f"{HOST}/review")) == {1: "created"}
    assert ArticlePage.objects.count() == 2
    assert outcomes(run(french, host=f"www.{HOST}/revue/")) == {1: "unchanged"}


@pytest.mark.rare
def test_what_was_moved_to_another_site_is_skipped(run, journal):
    other = make_journal("other.example")
    below = item(4, "fr", kind="page", post_parent="3")
    parts = [PAIR[0], item(3, "fr", kind="page")]
    run(*parts)
    places = {
        ArticlePage: other.articles,
        StandardPage: other.home,
        AuthorPage: other.authors,
        TopicPage: other.topics,
    }
    for model, place in places.items():
        model.objects.get().move(place.stored(), pos="last-child")
    before = stored()
    translation = item(2, "en", ENGLISH_LEAD, group="pll_1")
    report = run(*parts, translation)
    assert outcomes(report) == {1: "skipped", 2: "skipped", 3: "skipped"}
    said = report.as_dict()
    reasons = [each["reason"] for each in [*said["items"], *said["beside"]]]
    assert len(reasons) == 5
    assert set(reasons) == {"Its page was moved out of this site since."}
    assert stored()[0] == before[0]
    run(*parts, below)
    assert page_of(4).get_parent().pk == journal.home.pk


def test_what_changed_in_the_export_is_changed(run, client):
    run(*PAIR)
    other = category("neige", "Neige")
    changed = item(1, "fr", LEAD + other, group="pll_1", content="Tout autre.", post_name="neuf")
    assert outcomes(run(changed, PAIR[1])) == {1: "updated", 2: "unchanged"}
    page = ArticlePage.objects.get()
    assert [block.value.source for block in page.body_fr] == ["<p>Tout autre.</p>"]
    assert page.headline_en == "Titre 2"
    names = [each.topic.headline_fr or each.topic.headline_en for each in page.topics.all()]
    assert names == ["Neige", "Climate"]
    assert client.get("/fr/articles/texte-1/").headers["location"] == page.url_in("fr")
    assert page.updated_at_fr == datetime(2013, 5, 2, 8, tzinfo=UTC)


def test_blocks_keep_their_ids_beside_a_new_one(run):
    def ids():
        return [block.id for block in ArticlePage.objects.get().body_fr]

    run(item(1, "fr", LEAD, content="Un."), convert=None)
    (before,) = ids()
    run(item(1, "fr", LEAD, content="Un.\n\nDeux."), convert=None)
    assert len(ids()) == 2 and ids()[0] == before


def test_what_an_editor_has_changed_stays(run):
    run(*PAIR)
    page = ArticlePage.objects.get()
    write_draft(page, lead_en="By hand.")
    before = stored()
    assert outcomes(run(*PAIR)) == {1: "unchanged", 2: "conflict"}
    changed = item(2, "en", "", group="pll_1")
    report = run(PAIR[0], changed)
    assert outcomes(report) == {1: "unchanged", 2: "conflict"}
    assert "both in WordPress and here" in reason(report, 2)
    assert stored() == before


def test_what_an_editor_changes_before_the_page_is_locked_stays(run, monkeypatch):
    run(PAIR[0])
    lock_row = ArticlePage.lock_row

    def lock_after_an_editor(page):
        write_draft(ArticlePage.objects.get(), lead_fr="By hand.")
        lock_row(page)

    monkeypatch.setattr(ArticlePage, "lock_row", lock_after_an_editor)
    report = run(item(1, "fr", "", group="pll_1", content="Tout autre."))
    assert outcomes(report) == {1: "conflict"}
    assert "while it was imported" in reason(report, 1)
    assert ArticlePage.objects.get().get_latest_revision_as_object().lead_fr == "By hand."


@pytest.mark.rare
def test_topics_that_an_editor_has_chosen_stay(run):
    run(PAIR[0])
    page = ArticlePage.objects.get()
    draft = page.get_latest_revision_as_object()
    draft.topics = []
    draft.save_revision().publish()
    assert outcomes(run(PAIR[0])) == {1: "conflict"}
    assert not ArticlePage.objects.get().topics.exists()


@pytest.mark.rare
def test_what_was_deleted_here_stays_away(run):
    run(*PAIR)
    ArticlePage.objects.get().delete()
    report = run(*PAIR)
    assert outcomes(report) == {1: "skipped", 2: "skipped"}
    assert not ArticlePage.objects.exists()


@pytest.mark.rare
def test_a_dry_run_says_the_same_and_stores_nothing(run):
    before = stored()
    dry = run(*PAIR, item(3, "fr", kind="page"), is_dry=True)
    assert stored() == before
    real = run(*PAIR, item(3, "fr", kind="page"))
    assert dry.counts == real.counts
    assert [each.reason for each in dry.entries] == [each.reason for each in real.entries]
    assert {each.page for each in dry.entries} == {None}
