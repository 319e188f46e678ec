"""The newest draft of a page, with everything it refers to fetched at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diptych.articles.models import ArticleAuthor, ArticlePage
from tests.factories import make_article, make_author, make_image, make_journal, write_draft

pytestmark = pytest.mark.django_db


def with_authors(count, **values):
    journal = make_journal()
    article = make_article(journal, hero_image=make_image())
    people = [make_author(journal, f"Auteur {number}") for number in range(count)]
    write_draft(article, authors=[ArticleAuthor(author=each) for each in people], **values)
    return ArticlePage.objects.get(pk=article.pk), people


def queries_of(page):
    with CaptureQueriesContext(connection) as queries:
        draft = page.newest_draft()
        assert draft.hero_image.title
        assert all(row.author.title for row in draft.authors.all())
    return len(queries)


def test_more_rows_need_no_more_queries():
    one, _people = with_authors(1)
    many, _people = with_authors(5)
    assert queries_of(one) == queries_of(many)


def test_what_is_live_is_read_with_no_more_queries_for_more_rows():
    pages = [with_authors(count)[0] for count in (1, 5)]
    for page in pages:
        page.get_latest_revision().publish()
    first, second = (ArticlePage.objects.get(pk=page.pk) for page in pages)
    assert not second.has_unpublished_changes
    assert queries_of(first) == queries_of(second)
    assert second.newest_draft() is second


def test_it_is_what_wagtail_reads():
    page, _people = with_authors(2, headline_fr="Autre titre")
    draft, other = page.newest_draft(), page.get_latest_revision_as_object()
    assert draft.serializable_data() == other.serializable_data()
    assert draft.headline_fr == "Autre titre"


def test_rows_about_what_is_gone_are_left_out():
    page, people = with_authors(3)
    people[1].delete()
    draft = ArticlePage.objects.get(pk=page.pk).newest_draft()
    assert [row.author_id for row in draft.authors.all()] == [people[0].pk, people[2].pk]


def test_a_picture_that_is_gone_is_none():
    page, _people = with_authors(1)
    page.hero_image.delete()
    assert ArticlePage.objects.get(pk=page.pk).newest_draft().hero_image is None
