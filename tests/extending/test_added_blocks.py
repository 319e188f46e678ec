"""Blocks that a project adds to bodies, as docs/extending.md shows them."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.test.utils.form_data import rich_text, streamfield

from diptych.articles.blocks import BodyBlock
from diptych.articles.blocks.body import check_added_blocks
from diptych.articles.caching import signal_handlers
from diptych.articles.caching.models import Change
from diptych.articles.caching.versions import recording
from diptych.articles.images.alt_texts.places import places_in
from diptych.articles.languages.translations.units import units_in
from diptych.articles.lists.reading_time import words_to_read
from diptych.articles.models import ArticlePage, StandardPage
from diptych.articles.search.documents import document_of
from tests.articles.languages.caches import read_by_somebody, recorded_for
from tests.articles.languages.editor import article_form, create, newest_page
from tests.extending.guide import examples as examples_of_guide
from tests.factories import blocks, make_article, make_image, make_journal, sign_in

pytestmark = pytest.mark.django_db

NOTE = "<footnote> Sondage de mai.</footnote>"
CHART = {
    "title": "Ce que lisent les Romandes",
    "bars": [{"type": "item", "value": {"name": "Romans", "share": 61}, "id": "bar-1"}],
    "explanation": f"<p>Sans les manuels{NOTE}.</p>",
}


@pytest.fixture
def chart(examples, add_blocks):
    """The setting of the guide, and the stored value of a chart."""
    scope = {}
    exec(examples_of_guide()["settings.py"][0], scope)
    add_blocks(**scope["DIPTYCH_BODY_BLOCKS"])
    return CHART


@pytest.fixture
def article(chart):
    body = blocks(
        ("paragraph", f"<p>Avant{NOTE.replace('mai', 'juin')}.</p>"),
        ("chart", chart),
    )
    return make_article(make_journal(), body_fr=body, en=None, live_in=["fr"])


def page_html(client, page, language="fr"):
    with override(language):
        response = client.get(page.url_in(language))
    assert response.status_code == 200
    return response.content.decode()


def test_readers_see_it_by_its_own_template(client, article):
    html = page_html(client, article)
    assert '<figure class="chart">' in html
    assert "<dt>Romans</dt>" in html


def test_its_footnotes_are_numbered_with_those_of_the_page(client, article):
    html = page_html(client, article)
    assert html.index('href="#note_1"') < html.index("Sans les manuels") < html.index("#note_2")
    assert html.index('id="note_1"') < html.index("Sondage de juin")
    assert html.index('id="note_2"') < html.index("Sondage de mai.</")


def test_bodies_of_standard_pages_have_it_too(chart):
    for model in (ArticlePage, StandardPage):
        for name in ("body", "body_fr", "body_en"):
            assert "chart" in model._meta.get_field(name).stream_block.child_blocks


def test_all_columns_share_their_blocks():
    fields = [ArticlePage._meta.get_field(name) for name in ("body", "body_fr", "body_en")]
    assert len({id(field.stream_block) for field in fields}) == 1


def test_it_stands_last_in_the_menu_in_a_group_of_its_own(chart):
    name, last = list(BodyBlock().grouped_child_blocks())[-1]
    assert [block.name for block in last] == ["chart"]
    with override("fr"):
        assert str(name) == "Blocs de ce site"


def test_no_migration_follows(chart):
    field = ArticlePage._meta.get_field("body")
    _name, path, arguments, options = field.deconstruct()
    assert (path, arguments) == ("diptych.articles.richtext.fields.StreamField", [[]])
    assert "block_lookup" not in options


def test_it_is_translated(article):
    (unit,) = [each for each in units_in(article, "fr").values() if each.block_type == "chart"]
    assert "Ce que lisent les Romandes" in unit.text
    assert "Romans" in unit.text


def test_readers_find_its_words(article):
    lines = document_of(article, "fr").body
    assert any("Romandes" in line and "manuels" in line for line in lines)


def test_its_words_are_read(article):
    read = "Avant. Ce que lisent les Romandes Romans Sans les manuels."
    assert words_to_read("", article.body_fr) == len(read.split())


def test_its_words_are_not_read_where_it_says_so(article):
    block = article.body_fr.stream_block.child_blocks["chart"]
    block.meta.is_read = False
    assert words_to_read("", article.body_fr) == 1


def test_a_block_that_is_not_indexed_is_not_found(article):
    article.body_fr.stream_block.child_blocks["chart"].search_index = False
    assert not any("Romandes" in line for line in document_of(article, "fr").body)


def test_feeds_have_it(client, article):
    with override("fr"):
        feed = client.get(reverse("diptych_feed_rss"))
    text = feed.content.decode()
    assert "Ce que lisent les Romandes" in text
    assert "Sans les manuels" in text


# Pictures, links and what else a block shows


def test_a_picture_inside_is_known_with_its_place(examples, add_blocks, settings):
    (examples / "myapp" / "more.py").write_text(
        "from wagtail import blocks\n"
        "from diptych.articles.blocks import ArticleLinkBlock, PictureBlock\n"
        "class StripBlock(blocks.StructBlock):\n"
        "    scenes = blocks.ListBlock(blocks.StructBlock([('drawing', PictureBlock())]))\n"
        "    link = ArticleLinkBlock(required=False)\n"
    )
    add_blocks(strip="myapp.more.StripBlock")
    image = make_image(alt_fr="Un lac")
    linked = make_article(make_journal(), fr="Suite", en=None, live_in=["fr"])
    stored = {
        "scenes": [
            {"type": "item", "id": "scene-1", "value": {"drawing": {"image": image.pk}}},
        ],
        "link": {"article": linked.pk},
    }
    page = make_article(make_journal(), body_fr=blocks(("strip", stored)), en=None, live_in=["fr"])
    (place,) = places_in(page.body_fr, "body", "fr")
    assert (place.image, place.path) == (image, (0, "scenes", 0, "drawing"))
    assert place.block_id == "scene-1"
    block = page.body_fr.stream_block
    assert block.images_in(page.body_fr) == [image]
    assert block.linked_ids(page.body_fr) == [linked.pk]


def test_their_pictures_cost_the_api_no_query_for_each_article(client, add_blocks):
    add_blocks(drawing="diptych.articles.blocks.PictureBlock")
    journal = make_journal()

    def add(number):
        image = make_image(f"Image {number}")
        body = blocks(("drawing", {"image": image.pk}))
        make_article(journal, f"Page {number}", en=None, body_fr=body, live_in=["fr"])
        return image.pk

    def queries():
        with CaptureQueriesContext(connection) as captured:
            answer = client.get("/fr/api/pages/?type=diptych.ArticlePage&fields=body&order=id")
        bodies = [each["body"] for each in answer.json()["items"]]
        return len(captured), [body[0]["value"]["image"] for body in bodies]

    images = [add(0)]
    queries()
    few, _shown = queries()
    images += [add(number) for number in range(1, 4)]
    assert queries() == (few, images)


def test_a_link_inside_is_shown_while_its_article_can_be_read(client, examples, add_blocks):
    (examples / "myapp" / "more.py").write_text(
        "from wagtail import blocks\n"
        "from diptych.articles.blocks import ArticleLinkBlock\n"
        "class FurtherBlock(blocks.StructBlock):\n"
        "    link = ArticleLinkBlock()\n"
        "    class Meta:\n"
        "        template = 'myapp/further.html'\n"
    )
    (examples / "myapp" / "templates" / "myapp" / "further.html").write_text(
        "{% load wagtailcore_tags %}<div class=further>{% include_block value.link %}</div>"
    )
    add_blocks(further="myapp.more.FurtherBlock")
    journal = make_journal()
    linked = make_article(journal, fr="La suite", en=None, live_in=["fr"])
    body = blocks(("further", {"link": {"article": linked.pk}}))
    page = make_article(journal, "Page", "Page", body_fr=body, body_en=body)
    assert "La suite" in page_html(client, page).partition("class=further")[2]
    assert "La suite" not in page_html(client, page, "en")
    linked.unpublish_languages(["fr"])
    assert "La suite" not in page_html(client, page).partition("class=further")[2]


def test_a_page_depends_on_what_its_blocks_choose(examples, add_blocks):
    (examples / "myapp" / "more.py").write_text(
        "from wagtail import blocks\n"
        "class TeaserBlock(blocks.StructBlock):\n"
        "    pages = blocks.ListBlock(blocks.PageChooserBlock())\n"
    )
    add_blocks(teaser="myapp.more.TeaserBlock")
    journal = make_journal()
    stored = {"pages": [{"type": "item", "id": "a", "value": journal.topics.pk}]}
    page = make_article(journal, body_fr=blocks(("teaser", stored)), en=None, live_in=["fr"])
    with recording() as tags:
        page.body_fr.render_as_block()
    assert f"page:{journal.topics.pk}" in tags


def test_a_page_depends_on_what_a_block_names(examples, add_blocks):
    add_blocks(weather="myapp.blocks.WeatherBlock")
    body = blocks(("weather", {"place": "Nyon"}))
    page = make_article(make_journal(), body_fr=body, en=None, live_in=["fr"])
    with recording() as tags:
        page.body_fr.render_as_block()
    assert "weather:Nyon" in tags


@pytest.fixture
def quoted(examples, add_blocks, monkeypatch):
    """A redirect in the part of a snippet, and a live page with a block that chooses it."""
    monkeypatch.setattr(signal_handlers, "get_snippet_models", lambda: [Redirect])
    signal_handlers.handler_of.cache_clear()
    (examples / "myapp" / "more.py").write_text(
        "from django.forms import Select\n"
        "from wagtail import blocks\n"
        "from wagtail.contrib.redirects.models import Redirect\n"
        "class RedirectBlock(blocks.ChooserBlock):\n"
        "    target_model, widget = Redirect, Select()\n"
        "class QuotedBlock(blocks.StructBlock):\n"
        "    quoted = RedirectBlock()\n"
    )
    add_blocks(quoted="myapp.more.QuotedBlock")
    snippet = Redirect.objects.create(old_path="/old", redirect_link="/new")
    body = blocks(("quoted", {"quoted": snippet.pk}))
    yield snippet, make_article(make_journal(), body_fr=body, en=None, live_in=["fr"])
    signal_handlers.handler_of.cache_clear()


def test_a_snippet_raises_the_tag_that_its_pages_depend_on(quoted):
    snippet, page = quoted
    tag = f"wagtailredirects.redirect:{snippet.pk}"
    with recording() as tags:
        page.body_fr.render_as_block()
    assert tag in tags
    Change.objects.all().delete()
    connection.run_on_commit.clear()
    snippet.save()
    assert tag in {each for change in Change.objects.all() for each in change.tags.split()}


def test_pages_with_a_snippet_are_purged_with_it(quoted, monkeypatch):
    snippet, page = quoted
    read_by_somebody(monkeypatch, page.url_in("fr"))
    assert recorded_for(f"wagtailredirects.redirect:{snippet.pk}") == {page.url_in("fr")}
    assert recorded_for(f"wagtailredirects.redirect:{snippet.pk + 1}") == set()


# In the editor


def test_an_editor_writes_it(client, chart):
    sign_in(client)
    journal = make_journal()
    value = {
        "title": "Ce que lisent les Romandes",
        "bars": streamfield([("", {"name": "Romans", "share": "61"})]),
        "explanation": rich_text("<p>Sans les manuels</p>"),
    }
    create(client, journal.articles, article_form("Lire", body_fr=streamfield([("chart", value)])))
    page = newest_page().get_latest_revision_as_object()
    (block,) = page.body_fr
    assert block.value["bars"][0]["share"] == 61
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Blocks of this site" in html
    assert "Sans les manuels" in html


# Wrong settings

WRONG = {
    "myapp.blocks.NoSuchBlock": "“wrong”: myapp.blocks.NoSuchBlock cannot be imported",
    "nowhere.blocks.Block": "“wrong”: nowhere.blocks.Block cannot be imported",
    "diptych.articles.models.HomePage": "“wrong”: diptych.articles.models.HomePage is no block.",
    "wagtail.blocks.ListBlock": "“wrong”: wagtail.blocks.ListBlock cannot be made without",
    ("heading", "text"): "“wrong”: an import path is needed",
}


@pytest.mark.parametrize(("path", "fault"), WRONG.items())
def test_a_wrong_entry_is_reported_in_words(examples, add_blocks, path, fault):
    add_blocks(wrong=path)
    with override("en"):
        (error,) = check_added_blocks(None)
    assert fault in error.msg
    assert error.id == "diptych.E010"
    assert not [each for each in ArticlePage.check() if each.is_serious()]


@pytest.mark.parametrize("name", ["heading", "with space"])
def test_a_wrong_name_is_reported_and_adds_nothing(examples, add_blocks, name):
    add_blocks(**{name: "myapp.blocks.ChartBlock"})
    (error,) = check_added_blocks(None)
    assert name in error.msg
    assert len(BodyBlock().child_blocks) == len(BodyBlock.base_blocks)


def test_a_setting_of_another_kind_is_reported_in_words(settings):
    settings.DIPTYCH_BODY_BLOCKS = ["myapp.blocks.ChartBlock"]
    refused = pytest.raises(ImproperlyConfigured, match="DIPTYCH_BODY_BLOCKS is no dictionary")
    with override("en"), refused:
        BodyBlock()


def test_no_block_is_lost_while_an_entry_is_wrong(article, add_blocks):
    add_blocks(chart="myapp.blocks.NoSuchBlock")
    page = ArticlePage.objects.get(pk=article.pk)
    with pytest.raises(ImproperlyConfigured, match="NoSuchBlock"):
        list(page.body_fr)
    page.save()
    stored = ArticlePage.objects.get(pk=article.pk).body_fr.raw_data
    assert [each["type"] for each in stored] == ["paragraph", "chart"]
