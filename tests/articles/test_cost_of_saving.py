"""What editors ask of the database when they save, publish and open an article."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.db.models.signals import post_save
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
from modelsearch import index
from wagtail import blocks
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from benchmarks.measuring import MARKS
from diptych.articles.blocks.body import BodyBlock
from diptych.articles.languages.index.indexing import searches_stored_columns
from diptych.articles.models import ArticleAuthor, ArticlePage, ArticleTopic
from diptych.articles.richtext.fields import ID, StreamInput
from tests.articles.languages.editor import PUBLISH_BOTH, article_form, opened_on
from tests.factories import (
    make_article,
    make_author,
    make_image,
    make_topic,
    publish_draft,
    sign_in,
)
from tests.kept import statements_of

pytestmark = pytest.mark.django_db

#: The queries of a post, with what is done in the background as well.
SAVING, AUTOSAVING, PUBLISHING, PUBLISHING_AGAIN = 51, 71, 193, 172
#: The statements on each table of rows below a page that code saves and publishes.
ROWS_READ = 10
#: In statements that say how long PostgreSQL waits for a lock, which read no row.
WAITING = "lock_timeout"


@pytest.fixture
def article(journal, client):
    article = make_article(journal, "Lac", "Lake")
    sign_in(client)
    return article


def form(press=None, images=1, **values):
    pictures = [make_image(f"Image {number}") for number in range(images)]
    bodies = {
        f"body_{code}": streamfield(
            [
                ("paragraph", rich_text(f"<p>{text}</p>")),
                *(("image", {"image": each.pk}) for each in pictures),
            ]
        )
        for code, text in (("fr", "Un lac."), ("en", "A lake."))
    }
    return article_form("Le lac", "The lake", press, **bodies, **values)


@pytest.fixture
def queries_of(client, article, django_capture_on_commit_callbacks):
    """Count the queries of a post, with what is done after its transaction."""

    def count(posted, headers=None):
        address = reverse("wagtailadmin_pages:edit", args=(article.pk,))
        posted = {**opened_on(article), **posted}
        Site.get_site_root_paths()  # which a process that has served keeps in its cache
        callbacks = django_capture_on_commit_callbacks(execute=True)
        with CaptureQueriesContext(connection) as queries, callbacks:
            answer = client.post(address, posted, headers=headers)
        assert answer.status_code == (200 if headers else 302)
        statements = [query["sql"] for query in queries]
        return sum(not each.startswith(MARKS) and WAITING not in each for each in statements)

    return count


def test_saving_keeps_to_its_queries(queries_of):
    assert queries_of(form()) <= SAVING


def test_an_automatic_save_keeps_to_its_queries(queries_of):
    assert queries_of(form(), headers={"accept": "application/json"}) <= AUTOSAVING


def test_publishing_keeps_to_its_queries(queries_of, article):
    assert queries_of(form(PUBLISH_BOTH, images=0)) <= PUBLISHING
    article.refresh_from_db()
    assert article.headline_fr == "Le lac"


def test_code_that_publishes_reads_rows_no_oftener(journal):
    people, topics = [make_author(journal)], [make_topic(journal)]
    page = make_article(journal, authors=people, topics=topics)
    page = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.lead_fr = "Il gèle."
    asked = statements_of(lambda: page.save_revision().publish())
    for table in ("diptych_articleauthor", "diptych_articletopic"):
        assert sum(f'FROM "{table}"' in each for each in asked) <= ROWS_READ


def test_more_images_need_no_more_queries(queries_of):
    few = queries_of(form(images=2))
    assert queries_of(form(images=8)) <= few + 1  # those of the draft before


@pytest.fixture
def with_rows(journal, article):
    """The article with two authors and two topics, as the editor posts it."""
    people = [make_author(journal, name) for name in ("Ada", "Bo")]
    topics = [make_topic(journal, name) for name in ("Lacs", "Glaces")]
    publish_draft(
        article,
        authors=[ArticleAuthor(author=each) for each in people],
        topics=[ArticleTopic(topic=each) for each in topics],
    )

    def posted(role="", **values):
        authors = [
            {
                "id": each.pk,
                "author": each.author_id,
                "role_fr": "",
                "role_en": role,
                "ORDER": place,
            }
            for place, each in enumerate(article.authors.all(), 1)
        ]
        rows = [
            {"id": each.pk, "topic": each.topic_id, "ORDER": place}
            for place, each in enumerate(article.topics.all(), 1)
        ]
        topics = nested_form_data({"topics": inline_formset(rows, initial=len(rows))})
        return form(PUBLISH_BOTH, images=0, authors=authors, **topics, **values)

    return posted


@pytest.fixture
def rows_written():
    """The rows below an article that are written, by their models."""
    written = []

    def note(sender, **kwargs):
        written.append(sender)

    for model in (ArticleAuthor, ArticleTopic):
        post_save.connect(note, sender=model, weak=False, dispatch_uid=f"test-{model.__name__}")
    yield written
    for model in (ArticleAuthor, ArticleTopic):
        post_save.disconnect(sender=model, dispatch_uid=f"test-{model.__name__}")


def test_publishing_once_more_keeps_to_its_queries(queries_of, with_rows, rows_written):
    queries_of(with_rows())
    rows_written.clear()
    assert queries_of(with_rows(lead_fr="Il gèle.")) <= PUBLISHING_AGAIN
    assert rows_written == []


def test_rows_are_written_where_they_have_changed(queries_of, with_rows, rows_written, article):
    queries_of(with_rows())
    rows_written.clear()
    queries_of(with_rows(role="Photographs"))
    assert set(rows_written) == {ArticleAuthor}
    assert [each.role_en for each in article.authors.all()] == ["Photographs"] * 2


def found_by(text):
    return [each.pk for each in ArticlePage.objects.all().autocomplete(text)]


def test_a_draft_with_the_same_headlines_is_not_indexed_again(queries_of, article):
    first = queries_of(form(headline_fr="Glacier"))
    again = queries_of(form(headline_fr="Glacier", lead_fr="Il fond."))
    assert again <= first - 4
    assert found_by("Glacier") == [article.pk]
    queries_of(form(headline_fr="Moraine"))
    assert (found_by("Moraine"), found_by("Glacier")) == ([article.pk], [])


def test_what_else_is_searched_of_a_draft_is_indexed_with_it(monkeypatch):
    of_draft = index.AutocompleteField("draft_title")
    fields = [*ArticlePage.get_search_fields(), of_draft]
    monkeypatch.setattr(ArticlePage, "get_search_fields", lambda: fields)
    searches_stored_columns.cache_clear()
    assert not searches_stored_columns(ArticlePage)
    searches_stored_columns.cache_clear()


def inputs():
    form_class = ArticlePage.get_edit_handler().get_form_class()
    return [form_class().fields[f"body_{code}"].widget for code in ("fr", "en")]


def test_bodies_are_described_once_in_each_language():
    described = {}
    for code in ("fr", "en", "fr"):
        with translation.override(code):
            first, second = inputs()
            assert first.js_context is second.js_context
            assert described.setdefault(code, first.js_context) is first.js_context
            assert ID.sub("", first.block_json) == ID.sub("", second.block_json)
    assert described["fr"] is not described["en"]


def test_a_description_is_in_the_language_of_the_editor():
    texts = {}
    for code in ("fr", "en"):
        with translation.override(code):
            texts[code] = inputs()[0].block_json
    assert [json.dumps("Légende")[1:-1] in texts[code] for code in ("fr", "en")] == [True, False]
    assert ["Caption" in texts[code] for code in ("fr", "en")] == [False, True]


def test_items_that_new_blocks_begin_with_have_ids_of_their_own():
    first, second = (set(ID.findall(each.block_json)) for each in inputs())
    assert first
    assert not first & second


def test_texts_that_are_loaded_anew_are_described_anew():
    first, _second = inputs()
    before = first.js_context
    translation_file_changed(sender=None, file_path=Path("django.mo"))
    assert inputs()[0].js_context is not before
    assert ID.sub("", inputs()[0].block_json) == ID.sub("", first.block_json)


def test_what_added_blocks_offer_is_asked_for_each_form():
    rows = []

    class Row(blocks.StreamBlock):
        row = blocks.ChoiceBlock(choices=lambda: [(each, each) for each in rows])

    block = Row()
    assert "first row" not in StreamInput(block).block_json
    rows.append("first row")
    assert "first row" in StreamInput(block).block_json


def test_what_is_posted_is_read_again_from_other_data():
    widget = StreamInput(BodyBlock())
    first, second = (
        nested_form_data({"body": streamfield([("heading", {"text": text, "level": "h2"})])})
        for text in ("One", "Two")
    )
    read = widget.value_from_datadict(first, {}, "body")
    assert widget.value_from_datadict(first, {}, "body") is read
    assert widget.value_from_datadict(second, {}, "body")[0].value["text"] == "Two"
