"""The articles as data, in the language of the address and no other."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction

from diptych.articles.images.renditions import record_renditions
from tests.factories import blocks, make_article, make_author, make_image, make_journal, make_topic
from tests.kept import statements_of, warm_up

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


def test_it_says_what_readers_of_the_language_can_open(journal, client):
    topic, author = make_topic(journal), make_author(journal)
    french = make_article(journal, "Seul", "Secret", live_in=("fr",), topics=[topic])
    other = make_article(journal, "Autre", "Other", authors=[author])
    hidden = make_article(journal, "Caché", "Hidden", authors=[author])
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    image = make_image(width=64, height=48)
    values = {"topics": [topic], "authors": [author], "picks": [french, other, hidden]}
    article = make_article(journal, hero_image=image, **values)
    make_article(journal, "Brouillon", "Draft", live_in=())
    call_command("rebuild_related", verbosity=0)

    listed = client.get("/en/api/articles/").json()
    assert [each["headline"] for each in listed["items"]] == ["The lake freezes", "Other"]
    assert listed["meta"]["total_count"] == 2
    for query, expected in (("topic", topic), ("author", author)):
        found = client.get("/en/api/articles/", {query: expected.pk}).json()["items"]
        assert article.pk in [each["id"] for each in found]
        assert french.pk not in [each["id"] for each in found]
    address = f"{SITE}/en/api/articles/{article.pk}/"
    detail = client.get(address).json()
    assert detail["meta"]["detail_url"] == address
    assert detail["meta"]["html_url"] == f"{SITE}/en/stories/the-lake-freezes/"
    assert detail["meta"]["alternates"] == {"fr": f"{SITE}/fr/articles/le-lac-gele/"}
    assert "Text of The lake freezes." in detail["content"]
    assert [each["name"] for each in detail["authors"]] == ["Léa Rochat"]
    assert [each["name"] for each in detail["topics"]] == ["Climate"]
    [related] = detail["related"]
    assert related["headline"] == "Other" and related["html_url"] == f"{SITE}/en/stories/other/"
    assert client.get(related["detail_url"]).json()["headline"] == "Other"
    in_french = client.get(f"/fr/api/articles/{article.pk}/").json()
    assert [each["headline"] for each in in_french["related"]] == ["Seul", "Autre"]
    for unseen in (french, hidden):
        assert client.get(f"/en/api/articles/{unseen.pk}/").status_code == 404
    assert client.get(f"/en/api/articles/{10**30}/").status_code == 404


@pytest.mark.parametrize("query", ["headline_en=a", "topic=x", "author=999999"])
def test_what_it_does_not_know_is_refused(journal, client, query):
    assert client.get(f"/en/api/articles/?{query}").status_code == 400


@pytest.mark.scale
def test_many_articles_cost_as_many_queries_as_one(client):
    journal = make_journal()

    def queries(number):
        for each in range(number):
            people = {"topics": [make_topic(journal, f"Sujet {number} {each}", None, ("fr",))]}
            make_article(journal, f"Un {number} {each}", f"One {number} {each}", **people)
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/en/api/articles/").status_code == 200
        return len(captured)

    client.get("/en/api/articles/")
    assert queries(2) == queries(5) <= 10


@pytest.mark.scale
def test_one_article_costs_few_queries_however_much_it_shows(client):
    """The log, the article, the pictures of its text and their sizes, the roots of sites."""
    journal = make_journal()
    topic, author = make_topic(journal), make_author(journal)

    def queries(number):
        picks = [
            make_article(journal, f"Choix {number} {n}", f"{number} {n}") for n in range(number)
        ]
        pictures = [("image", {"image": make_image(width=64, height=48).pk})] * number
        body = blocks(
            ("paragraph", "<p>Text.</p>"), ("article", {"article": picks[0].pk}), *pictures
        )
        values = {"topics": [topic], "authors": [author], "picks": picks, "body_en": body}
        article = make_article(journal, f"Un {number}", f"One {number}", **values)
        record_renditions(get_image_model().objects.all())

        def ask():
            assert client.get(f"/en/api/articles/{article.pk}/").status_code == 200

        warm_up(ask)
        return len(statements_of(ask))

    assert queries(1) == queries(5) <= 5


@pytest.mark.parametrize("offset", ["9" * 20, "-1", "x"])
def test_a_place_that_no_list_has_is_refused(journal, client, offset):
    make_article(journal)
    assert client.get(f"/en/api/articles/?offset={offset}").status_code == 400
    assert client.get("/en/api/articles/?offset=0").status_code == 200
