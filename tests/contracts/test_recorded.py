"""Pages that are written from a recording are the same as those that are made."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image as Picture
from taggit.models import Tag
from wagtail.models import Site

from diptych.articles.models import ArticlePage
from diptych.articles.search.inverted_index import SQLITE_TABLE
from tests.factories import (
    make_article,
    make_author,
    make_image,
    make_journal,
    make_topic,
    make_user,
    publish_draft,
    write_draft,
)
from tests.recorded import recorder

pytestmark = [pytest.mark.rare, pytest.mark.django_db]

#: What differs each time a page is made: random keys and moments.
RANDOM = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?")


@pytest.fixture
def replayed(monkeypatch):
    """A list of the recordings that are written from now on, of which there is none yet."""
    written = []
    replay = recorder._replay

    def note(recording):
        written.append(recording)
        replay(recording)

    monkeypatch.setattr(recorder, "_replay", note)
    monkeypatch.setattr(recorder, "recordings", {})
    recorder.is_allowed = True
    return written


def rows():
    """All rows of the database, without what differs each time.

    The index of texts has no rows to read; the tables in which SQLite keeps it have.
    """
    with connection.cursor() as cursor:
        for table in sorted({*connection.introspection.table_names(cursor)} - {SQLITE_TABLE}):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield table, *(MOMENT.sub("…", RANDOM.sub("…", str(each))) for each in row)


def make_pages():
    journal = make_journal()
    topic = make_topic(journal, "Enregistré", "Recorded")
    article = make_article(journal, topics=[topic], authors=[make_author(journal, "Ada")])
    picture = make_image(width=8, height=6)
    make_article(journal, "Seul", None, live_in=(), picks=[article], hero_image=picture)
    return article


def undone(make):
    """What ``make`` returns; what it did to the database is undone."""
    with transaction.atomic():
        result = make()
        transaction.set_rollback(True)
    return result


def test_a_recording_writes_the_rows_that_the_real_way_writes(replayed):
    real = undone(lambda: (make_pages(), set(rows()))[1])
    assert not replayed

    again = undone(lambda: (make_pages(), set(rows()))[1])

    assert len(replayed) == 5
    assert again == real
    assert apps.get_model("wagtailsearch.IndexEntry").objects.count() > 0


def test_what_is_written_is_of_this_moment(replayed):
    undone(make_pages)
    before = timezone.now()
    article = make_pages()

    assert replayed
    assert before < article.latest_revision.created_at < article.first_public_at_fr
    assert article.first_public_at_fr < timezone.now()


def test_nothing_is_replayed_where_the_database_differs(replayed):
    undone(make_pages)
    write_draft(make_journal().home, headline_fr="Autre")

    make_pages()

    assert not replayed


def test_pages_are_replayed_for_people_who_were_there_before(replayed):
    undone(make_pages)
    make_user()

    make_pages()

    assert len(replayed) == 5


def test_an_image_has_its_file_again(replayed):
    path = undone(lambda: make_image(width=8, height=6)).file.path
    Path(path).unlink()

    image = make_image(width=8, height=6)

    assert replayed and image.file.path == path
    with image.file.open() as file:
        assert Picture.open(file).size == (8, 6)


def test_the_journal_is_read_anew_where_it_has_changed(replayed):
    first, second = make_journal(), make_journal()
    assert first == second
    assert first.home is not second.home

    publish_draft(first.home, headline_fr="Autre")

    assert make_journal().home.headline_fr == "Autre"


def test_a_page_that_was_rolled_back_is_not_counted_on(replayed):
    undone(make_pages)
    undone(make_pages)
    article = make_pages()

    assert len(replayed) == 10
    assert ArticlePage.objects.get(pk=article.pk).get_siblings().count() == 2


def test_nothing_is_replayed_under_other_settings(replayed, settings):
    undone(make_pages)
    settings.WAGTAIL_SITE_NAME = "Other"

    undone(make_pages)
    assert not replayed

    make_pages()
    assert len(replayed) == 5


def test_nothing_is_replayed_where_a_setting_cannot_be_told_from_others(replayed, settings):
    settings.WAGTAIL_SITE_NAME = object()
    undone(make_pages)

    make_pages()

    assert not replayed


def test_nothing_is_replayed_once_a_function_is_replaced(replayed, monkeypatch):
    undone(make_pages)
    monkeypatch.setattr(timezone, "now", timezone.now)

    make_pages()

    assert not replayed


def test_recordings_are_used_unless_a_test_replaces_a_part_of_the_code(journal, admin):
    assert recorder.is_allowed


class Part:
    """A part of the tests, which no page is made with."""

    value = 1


def test_recordings_are_used_where_a_part_of_the_tests_is_replaced(monkeypatch):
    monkeypatch.setattr(Part, "value", 2)
    assert recorder.is_allowed


def test_only_what_is_written_counts_as_changed():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO taggit_tag (name, slug) VALUES ('a', 'a')"
            " ON CONFLICT (name) DO UPDATE SET slug = 'b'"
        )
    recorder.call("counts", lambda: Tag.objects.count() + Site.objects.count())
    assert recorder.state.changed == {"taggit_tag"}
