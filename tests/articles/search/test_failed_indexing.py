"""What is stored stays stored though Wagtail cannot index it, on PostgreSQL too."""

import pytest
from django.db import connection

from tests.factories import make_article, make_image, publish_draft, standing_journal

pytestmark = pytest.mark.django_db


def fail(instance):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM no_such_table")


def test_pages_and_images_are_stored_though_the_index_fails(monkeypatch):
    article = make_article(standing_journal())
    monkeypatch.setattr("modelsearch.tasks.index.insert_or_update_object", fail)

    publish_draft(article, headline_en="Unheard")
    article.refresh_from_db()
    assert article.headline_en == "Unheard"
    image = make_image(title="Lac")
    image.refresh_from_db()
    assert image.title == "Lac"
