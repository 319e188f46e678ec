"""What follows a stored change may fail: that is logged, and all the rest follows."""

import logging
from functools import partial

import pytest
from django.test import override_settings

from diptych.articles.languages.config.background import after_commit
from tests.articles.languages.editor import PUBLISH, article_form, edit
from tests.factories import make_article


class Broken:
    """Something that is called and has no name, as a partial has none."""

    def __call__(self):
        raise ValueError("a broken step")


@pytest.mark.parametrize("broken", [partial(int, "none"), Broken(), lambda: 1 / 0])
def test_what_fails_is_logged_and_the_rest_follows(
    db, broken, caplog, django_capture_on_commit_callbacks
):
    done = []
    with django_capture_on_commit_callbacks(execute=True):
        after_commit(broken)
        after_commit(done.append, "the next")
    assert done == ["the next"]
    assert [each.levelno for each in caplog.records] == [logging.ERROR]


STEPS = [
    "diptych.articles.caching.versions.prune",
    "diptych.articles.caching.versions.versions_raised.send_robust",
    "diptych.articles.images.signal_handlers.record_page",
    "diptych.articles.languages.admin.notifications.sending._is_sent",
    "diptych.articles.related.tasks.on_backend",
    "diptych.articles.search.vocabulary.update_counts",
    "diptych.articles.syndication.indexnow.requests.post",
    "diptych.articles.images.pictures.in_background",
    "wagtail.tasks.ReferenceIndex.create_or_update_for_object",
]


@pytest.mark.parametrize("step", STEPS)
@override_settings(DIPTYCH_INDEXNOW_KEY="a-key-of-the-journal")
def test_publishing_answers_and_is_read_whatever_step_fails(
    journal, admin, reader, monkeypatch, django_capture_on_commit_callbacks, step
):
    page = make_article(journal, "Le lac", "The lake")

    def fail(*arguments, **options):
        raise RuntimeError("this step fails")

    if "versions" in step:
        monkeypatch.setattr("diptych.articles.caching.versions.ROWS_BETWEEN_PRUNINGS", 1)
    monkeypatch.setattr(step, fail)
    with django_capture_on_commit_callbacks(execute=True) as called:
        edit(admin, page, article_form("La mer", "The sea", PUBLISH))
    assert len(called) > 4
    assert "La mer" in reader.get("/fr/articles/la-mer/").content.decode()
