"""Items of a WordPress export as languages of pages: texts, authors, topics, places and links."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from PIL import Image
from wagtail.images import get_image_model

from diptych.articles.models import (
    ArticlePage,
    AuthorPage,
    SeriesPage,
    StandardPage,
    TopicIndexPage,
    TopicPage,
)
from diptych.articles.transfer.models import ImportedItem
from diptych.articles.transfer.wordpress import media
from tests.articles.transfer.wordpress.imports import (
    LEAD,
    PAIR,
    category,
    item,
    meta,
    outcomes,
    page_of,
)
from tests.factories import make_author
from tests.wordpress_exports import HOST

pytestmark = pytest.mark.usefixtures("in_english")


def test_a_pair_is_one_page_in_two_languages(run, client):
    report = run(*PAIR)
    assert outcomes(report) == {1: "created", 2: "created"}
    (page,) = ArticlePage.objects.all()
    assert {each.page for each in report.entries} == {page.pk}
    assert (page.headline_fr, page.headline_en) == ("Titre 1", "Titre 2")
    assert page.source_language == "fr"
    assert page.live_languages == ["fr", "en"]
    assert "Suite 2." in client.get(page.url_in("en")).content.decode()
    assert (page.url_slug_fr, page.url_slug_en) == ("texte-1", "texte-2")


def test_authors_topics_and_series(run):
    inside = LEAD + category("climat", "Climat") + category("alpes", "Alpes", "series")
    run(item(1, "fr", inside + meta("_series_part", "3")), series=["series"])
    (page,) = ArticlePage.objects.all()
    (author,) = AuthorPage.objects.all()
    assert [each.author.headline_fr for each in page.authors.all()] == ["Claire Dubois"]
    assert author.live_languages == ["fr", "en"]
    (topic,) = TopicPage.objects.all()
    assert [each.topic_id for each in page.topics.all()] == [topic.pk]
    assert topic.live_languages == ["fr"]
    assert (page.series, page.series_part) == (SeriesPage.objects.get(), 3)


@pytest.mark.rare
def test_an_author_who_is_here_already_is_taken(run, journal):
    known = make_author(journal, "Claire Dubois")
    run(PAIR[0])
    assert list(AuthorPage.objects.all()) == [known]
    assert ArticlePage.objects.get().authors.get().author_id == known.pk


def test_an_author_of_co_authors_plus_has_a_biography(run):
    guest = item(
        7,
        "fr",
        meta("cap-display_name", "Paul Martin")
        + meta("cap-user_login", "paul")
        + meta("cap-description", "Né au bord du lac."),
        kind="guest-author",
    )
    run(guest, item(1, "fr", LEAD + category("cap-paul", "Paul Martin", "author")))
    paul = AuthorPage.objects.get(headline_fr="Paul Martin")
    assert "Né au bord du lac." in paul.biography_fr
    assert [each.author for each in ArticlePage.objects.get().authors.all()] == [paul]


@pytest.mark.rare
def test_tags_are_left_or_become_topics(run):
    tagged = item(1, "fr", LEAD + category("lac", "Lac", "post_tag"))
    report = run(tagged)
    assert not TopicPage.objects.exists()
    assert [(each.kind, each.detail) for each in report.notes] == [("tags-left-out", "Lac")]
    assert outcomes(run(tagged, tags=True)) == {1: "updated"}
    assert TopicPage.objects.get().headline_fr == "Lac"


def test_nothing_is_added_to_the_menu_of_a_journal(run, journal):
    journal.topics.delete()
    run(item(1, "fr", LEAD + category("climat", "Climat")))
    assert TopicIndexPage.objects.get().show_in_menus is False


def test_family_names_come_along(run):
    other = (
        "<wp:author><wp:author_login>{0}</wp:author_login>"
        "<wp:author_display_name>{1}</wp:author_display_name>"
        "<wp:author_last_name>{2}</wp:author_last_name></wp:author>"
    )
    people = [other.format("bob", "Bob van Hill", "van Hill"), other.format("jo", "Jo", "Rey")]
    guest = item(
        9,
        None,
        meta("cap-display_name", "Paul Martin")
        + meta("cap-user_login", "paul")
        + meta("cap-last_name", "Martin"),
        kind="guest-author",
    )
    report = run(*people, guest, item(1, "fr", LEAD))
    names = dict(AuthorPage.objects.values_list("title", "family_name"))
    assert names == {
        "Claire Dubois": "",
        "Bob van Hill": "van Hill",
        "Jo": "",
        "Paul Martin": "Martin",
    }
    AuthorPage.objects.filter(title="Bob van Hill").update(family_name="Hill")
    report = run(*people, guest, item(1, "fr", LEAD))
    assert report.counts["unchanged"] == len(report.entries)
    assert AuthorPage.objects.get(title="Bob van Hill").family_name == "Hill"


def test_the_lead_is_said_once(run):
    twice = item(1, "fr", "<excerpt:encoded>Corps 1.</excerpt:encoded>")
    run(twice, item(2, "fr"), lead_from_text=True)
    for pk in (1, 2):
        page = page_of(pk)
        assert page.lead_fr == f"Corps {pk}."
        assert [block.value.source for block in page.body_fr] == [f"<p>Suite {pk}.</p>"]


@pytest.mark.rare
def test_texts_for_search_engines(run):
    said = meta("_yoast_wpseo_title", "%%title%% %%sep%% %%sitename%%")
    said += meta("rank_math_description", "%excerpt%")
    run(item(1, "fr", LEAD + said))
    page = page_of(1)
    assert page.meta_title_fr == "Titre 1 – Le Journal"
    assert page.meta_description_fr == "Un chapeau."


@pytest.mark.rare
def test_titles_and_slugs_that_do_not_fit(run):
    long = item(1, "fr", LEAD).replace("Titre 1", "très " * 80)
    empty = item(2, "fr", LEAD, post_name="").replace("<title>Titre 2</title>", "<title></title>")
    report = run(long, empty, item(3, "fr", LEAD, post_name="été"), item(4, post_name="ete"))
    assert set(outcomes(report).values()) == {"created"}
    assert len(page_of(1).headline_fr) <= 255
    notes = {(each.id, each.kind): each.detail for each in report.notes}
    assert notes["1", "title-shortened"] == ("très " * 80).strip()
    assert page_of(2).headline_fr == notes["2", "title-missing"] == "Un chapeau."
    assert (page_of(3).url_slug_fr, page_of(4).url_slug_fr) == ("ete", "ete-2")


@pytest.mark.rare
def test_pages_stand_below_one_another_whichever_comes_first(run):
    below = item(1, "fr", kind="page", post_parent="2")
    run(below, item(2, "fr", kind="page"))
    assert page_of(1).get_parent().pk == page_of(2).pk
    assert StandardPage.objects.count() == 2


def test_links_lead_to_pages_that_come_later(run):
    report = run(
        item(1, "fr", LEAD, content=f"A\n\nhttps://{HOST}/texte-2/"),
        item(2, "fr", LEAD, content=f"A\n\nhttps://{HOST}/?p=1\n\nhttps://{HOST}/gone/"),
    )
    assert outcomes(report) == {1: "created", 2: "created"}
    linked = [block.value.source for pk in (1, 2) for block in page_of(pk).body_fr][1::2]
    assert f'id="{page_of(2).pk}"' in linked[0]
    bodies = "".join(str(block.value.source) for block in page_of(2).body_fr)
    assert f'id="{page_of(1).pk}"' in bodies and f"https://{HOST}/gone/" in bodies
    assert not ImportedItem.objects.filter(waits_for_links=True).exists()
    assert page_of(1).updated_at_fr == datetime(2013, 5, 2, 8, tzinfo=UTC)


def test_what_is_sticky_stands_on_the_front_page(run, journal):
    run(item(1, "fr", LEAD, is_sticky="1"), item(2, "fr", LEAD))
    home = journal.home.stored()
    assert [each.article_id for each in home.front_articles.all()] == [page_of(1).pk]


@pytest.mark.rare
def test_other_items_are_skipped_with_a_reason(run):
    menu = category("haut", "Haut", "nav_menu") + meta("_menu_item_url", "https://a.example/")
    report = run(
        item(1, "fr", kind="attachment"),
        item(2, None, menu, kind="nav_menu_item"),
        item(3, "fr", status="trash"),
        item(4, None, kind="wp_template"),
    )
    assert set(outcomes(report).values()) == {"skipped"}
    assert all(each.reason for each in report.entries)
    assert sum(report.counts.values()) == 4
    assert [each.detail for each in report.notes] == ["Haut: Titre 2 → https://a.example/"]


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
