"""What is near is kept to the site of an article; what editors have picked is not."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diptych.articles.models import ArticlePage, PickedArticle
from diptych.articles.related.suggestions import related_below, related_ids, related_to_each
from tests.articles.related.reading import FEW_QUERIES
from tests.factories import make_article, make_journal, paragraphs

pytestmark = [pytest.mark.django_db, pytest.mark.rare]

ICE = "Ice covers the frozen harbour while skaters cross the northern lake. " * 9
OTHER = "other.example"


@pytest.fixture
def articles():
    """Two articles of each of two sites, all of them near one another, by name."""
    journals = {"Here": make_journal(), "There": make_journal(OTHER)}
    made = {}
    for name, journal in journals.items():
        for number in range(2):
            text = {f"body_{code}": paragraphs(ICE) for code in ("fr", "en")}
            made[f"{name} {number}"] = make_article(
                journal, f"{name} {number}", f"{name} {number}", **text
            )
    call_command("rebuild_related", verbosity=0)
    return made


def below(article):
    article = ArticlePage.objects.get(pk=article.pk)
    with CaptureQueriesContext(connection) as queries:
        found, _linked = related_below(article, "en")
    assert len(queries) == FEW_QUERIES
    assert related_to_each([article], "en", 3).get(article.pk, []) == found
    assert dict(related_ids("en", 3, {}))[article.pk] == found
    return found


def test_what_is_near_stays_on_the_site(articles):
    for name in ("Here", "There"):
        first, second = (articles[f"{name} {number}"] for number in range(2))
        assert below(first) == [second.pk]
        assert below(second) == [first.pk]


def test_a_pick_may_stand_on_another_site(articles):
    here, there = articles["Here 0"], articles["There 1"]
    PickedArticle.objects.create(article=here, suggestion=there)
    assert below(here) == [there.pk, articles["Here 1"].pk]


def test_an_alias_on_another_site_is_shown_what_is_near_there(articles):
    there = articles["There 0"]
    alias = articles["Here 0"].create_alias(
        parent=there.get_parent().specific, update_slug="encore"
    )
    found = set(related_below(ArticlePage.objects.get(pk=alias.pk), "en")[0])
    assert found == {articles["There 0"].pk, articles["There 1"].pk}
    (ids,) = related_to_each([ArticlePage.objects.get(pk=alias.pk)], "en", 3).values()
    assert set(ids) == found


def test_the_api_says_where_there_is_more_of_each(articles, client):
    here, there = articles["Here 0"], articles["There 1"]
    PickedArticle.objects.create(article=here, suggestion=there)
    related = client.get(f"/en/api/articles/{here.pk}/").json()["related"]
    assert [each["id"] for each in related] == [there.pk, articles["Here 1"].pk]
    assert related[0]["detail_url"] is None
    assert related[0]["html_url"] == there.full_url_in("en")
    assert client.get(related[1]["detail_url"]).json()["id"] == articles["Here 1"].pk


def test_suggestions_while_writing_are_those_of_the_site(articles, admin):
    here, there = articles["Here 0"], articles["There 1"]
    PickedArticle.objects.create(article=here, suggestion=there)
    answer = admin.post(reverse("diptych_related_suggestions", args=[here.pk]), {})
    english = next(each for each in answer.context["languages"] if each.code == "en")
    assert [each.page_id for each in english.shown] == [there.pk, articles["Here 1"].pk]
    assert not english.others
