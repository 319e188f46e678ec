"""Imports that are interrupted or fail, as a whole or in one item."""

import pytest

from diptych.articles.models import (
    ArticleIndexPage,
    ArticlePage,
    AuthorPage,
    StandardPage,
    TopicPage,
)
from diptych.articles.transfer.models import ImportedItem
from tests.articles.transfer.wordpress.imports import LEAD, PAIR, item, outcomes, page_of, reason
from tests.tiers import one_of
from tests.wordpress_exports import HOST

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize("point", one_of([5, 2, 9, 14], "rare"))
def test_an_import_that_was_interrupted_goes_on(run, monkeypatch, point):
    later = f"A\n\nhttps://{HOST}/texte-2/"
    parts = [item(4, "fr", LEAD, content=later), *PAIR, item(3, "fr", LEAD, kind="page")]
    saves = iter(range(100))
    original = ImportedItem.save

    def save(self, *args, **kwargs):
        if next(saves) == point:
            raise KeyboardInterrupt
        original(self, *args, **kwargs)

    monkeypatch.setattr(ImportedItem, "save", save)
    try:
        run(*parts)
        was_interrupted = False
    except KeyboardInterrupt:
        was_interrupted = True
    assert was_interrupted == (point < 9)
    run(*parts)
    assert ArticlePage.objects.count() == 2 and StandardPage.objects.count() == 1
    assert AuthorPage.objects.count() == 1 and TopicPage.objects.count() == 2
    assert set(outcomes(run(*parts)).values()) == {"unchanged"}
    assert f'id="{page_of(2).pk}"' in str(page_of(4).body_fr[1].value.source)


def test_a_section_that_cannot_be_published_is_not_there(run, journal, monkeypatch):
    journal.articles.delete()

    def publish(self, *args, **kwargs):
        raise RuntimeError("no")

    monkeypatch.setattr(ArticleIndexPage, "publish_languages", publish)
    with pytest.raises(RuntimeError):
        run(PAIR[0])
    assert not ArticleIndexPage.objects.exists()


def test_an_item_that_fails_leaves_the_others(run, monkeypatch):
    original = ArticlePage.publish_languages

    def publish(self, *args, **kwargs):
        if self.headline_fr == "Titre 1":
            raise RuntimeError("no")
        return original(self, *args, **kwargs)

    monkeypatch.setattr(ArticlePage, "publish_languages", publish)
    report = run(item(1, "fr", LEAD), item(2, "fr", LEAD))
    assert outcomes(report) == {1: "failed", 2: "created"}
    assert reason(report, 1) == "RuntimeError: no"
    assert report.has_failed
    assert ArticlePage.objects.count() == 1
    monkeypatch.undo()
    assert outcomes(run(item(1, "fr", LEAD), item(2, "fr", LEAD))) == {1: "created", 2: "unchanged"}


@pytest.mark.rare
def test_broken_xml_is_reported(run, tmp_path):
    report = run(PAIR[0], "<item><title>&nbsp")
    assert outcomes(report) == {1: "created"}
    assert [each.kind for each in report.notes] == ["unreadable-file"]
