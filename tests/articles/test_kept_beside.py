"""What stands beside and below an article is kept in memory for readers until it changes."""

import re

import pytest

from diptych.articles.caching.versions import invalidate_tags
from diptych.articles.models import ExcludedArticle, PickedArticle
from tests.factories import make_article, make_topic
from tests.kept import forget_pages, read_log, statements_of, warm_up

HEADLINES = re.compile(r'neighbours__headline" dir="auto">([^<]*)<')
SUGGESTED = re.compile(r'class="related".*?</section>', re.S)


@pytest.fixture
def topic(journal):
    return make_topic(journal, "Eaux", "Waters")


@pytest.fixture
def article(journal, topic):
    make_article(journal, "Le fleuve", "The river", topics=[topic])
    article = make_article(journal, "Le lac", "The lake", topics=[topic])
    return article


@pytest.fixture
def read(article, client):
    address = article.url_in("en")

    def ask():
        return client.get(address).content.decode()

    return ask


def test_it_is_read_once(article, read):
    warm_up(read)
    tables = ("diptych_related_neighbour", "diptych_pickedarticle", "diptych_listedarticle")
    assert not [sql for sql in statements_of(read) if any(table in sql for table in tables)]


def test_its_card_is_fetched_with_those_of_the_articles_below_it(journal, article, read):
    other = make_article(journal, "La montagne", "The mountain")
    PickedArticle.objects.create(article=article, suggestion=other)
    warm_up(read)
    invalidate_tags("everything")
    read_log()
    forget_pages()
    asked = [sql for sql in statements_of(read) if 'FROM "diptych_articletopic"' in sql]
    assert len(asked) == 1
    assert "The mountain" in "".join(SUGGESTED.findall(read()))


def test_an_article_that_is_published_stands_beside_it_at_once(journal, topic, article, read):
    warm_up(read)
    assert HEADLINES.findall(read()) == ["The river"]
    newer = make_article(journal, "La source", "The spring", topics=[topic])
    read_log()
    assert HEADLINES.findall(read()) == ["The river", "The spring"]
    newer.unpublish()
    read_log()
    assert HEADLINES.findall(read()) == ["The river"]


def test_what_editors_pick_and_exclude_is_shown_at_once(journal, article, read):
    other = make_article(journal, "La montagne", "The mountain")
    read_log()
    warm_up(read)
    assert "The mountain" not in "".join(SUGGESTED.findall(read()))
    pick = PickedArticle.objects.create(article=article, suggestion=other)
    read_log()
    assert "The mountain" in "".join(SUGGESTED.findall(read()))
    pick.delete()
    ExcludedArticle.objects.create(article=article, excluded=other)
    read_log()
    assert "The mountain" not in "".join(SUGGESTED.findall(read()))
