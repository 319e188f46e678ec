"""Items of a WordPress export as languages of pages: texts, authors, topics, places and links."""

from pathlib import Path

import pytest
from django.db import connection
from PIL import Image
from wagtail.images import get_image_model

from diptych.articles.models import (
    ArticlePage,
    AuthorPage,
    TopicIndexPage,
    TopicPage,
)
from diptych.articles.transfer.models import ImportedItem
from diptych.articles.transfer.wordpress import media
from tests.articles.transfer.wordpress.imports import (
    LEAD,
    PAIR,
    category,
    described,
    imported_pages,
    item,
    outcomes,
)
from tests.factories import make_author
from tests.samples import as_json, expected_of, samples_in, text_of
from tests.wordpress_exports import HOST

EXPORTS = Path(__file__).parent / "exports"
QUICK = {
    "a-pair-is-one-page-in-two-languages",
    "authors-topics-and-series",
    "links-to-what-comes-later",
    "what-the-editor-would-refuse",
}
pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize("path", samples_in(EXPORTS, ".xml", QUICK))
def test_an_export_becomes_pages_that_can_be_read(run, client, journal, path):
    expected = expected_of(path)
    options, again = expected.pop("options"), expected.pop("again", {})
    report = run(text_of(path), **options)
    front = journal.home.stored().front_articles.all()
    found = {
        "items": [[each.id, each.language, each.outcome, each.reason] for each in report.entries],
        "notes": [[each.id, each.kind, each.detail] for each in report.notes],
        "pages": [described(page) for page in imported_pages()],
        "front": [each.article.title for each in front],
    }
    assert as_json(found) == expected
    assert not ImportedItem.objects.filter(waits_for_links=True).exists()
    for page in imported_pages():
        for language in page.live_languages:
            assert client.get(page.url_in(language)).status_code == 200
    for pk, outcome in outcomes(run(text_of(path), **options)).items():
        first = outcomes(report)[pk].replace("created", "unchanged")
        assert outcome == again.get(str(pk), first), pk


def test_a_pair_is_one_page_in_two_languages(run, client):
    report = run(*PAIR)
    (page,) = ArticlePage.objects.all()
    assert {each.page for each in report.entries} == {page.pk}
    assert "Suite 2." in client.get(page.url_in("en")).content.decode()


def test_the_family_name_that_an_editor_gives_stays(run):
    path = EXPORTS / "family-names.xml"
    run(text_of(path))
    AuthorPage.objects.filter(title="Bob van Hill").update(family_name="Hill")
    report = run(text_of(path))
    assert report.counts["unchanged"] == len(report.entries)
    assert AuthorPage.objects.get(title="Bob van Hill").family_name == "Hill"


@pytest.mark.rare
def test_an_author_who_is_here_already_is_taken(run, journal):
    known = make_author(journal, "Claire Dubois")
    run(PAIR[0])
    assert list(AuthorPage.objects.all()) == [known]
    assert ArticlePage.objects.get().authors.get().author_id == known.pk


def test_nothing_is_added_to_the_menu_of_a_journal(run, journal):
    journal.topics.delete()
    run(item(1, "fr", LEAD + category("climat", "Climat")))
    assert TopicIndexPage.objects.get().show_in_menus is False


def test_files_are_decoded_before_the_transaction_that_stores_them(
    run, tmp_path, settings, monkeypatch
):
    settings.MEDIA_ROOT = tmp_path / "media"
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    Image.new("RGB", (8, 8)).save(uploads / "lac.jpg")
    address = f"https://{HOST}/wp-content/uploads/lac.jpg"
    picture = item(1, "fr", kind="attachment", attachment_url=address)
    depths, own_depth = [], len(connection.atomic_blocks)

    def checked_upload(*args, **values):
        depths.append(len(connection.atomic_blocks))
        return original(*args, **values)

    original = media.checked_upload
    monkeypatch.setattr(media, "checked_upload", checked_upload)
    assert outcomes(run(picture, uploads=uploads, is_dry=True)) == {1: "created"}
    assert not get_image_model().objects.exists() and not ImportedItem.objects.exists()
    assert not [path for path in tmp_path.glob("media/**/*") if path.is_file()]
    assert outcomes(run(picture, uploads=uploads)) == {1: "created"}
    assert get_image_model().objects.count() == 1
    assert depths == [own_depth, own_depth]


@pytest.mark.rare
def test_tags_are_left_or_become_topics(run):
    tagged = item(1, "fr", LEAD + category("lac", "Lac", "post_tag"))
    report = run(tagged)
    assert not TopicPage.objects.exists()
    assert [(each.kind, each.detail) for each in report.notes] == [("tags-left-out", "Lac")]
    assert outcomes(run(tagged, tags=True)) == {1: "updated"}
    assert TopicPage.objects.get().headline_fr == "Lac"
