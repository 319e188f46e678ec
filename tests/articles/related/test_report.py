"""The report of what readers are led to, and what by nobody."""

import csv
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from diptych.articles.caching.models import Change
from diptych.articles.models import ArticlePage, SeriesPage
from diptych.articles.related.admin import counting, report
from diptych.articles.related.admin.counting import count_links
from diptych.articles.related.models import ArticleLinks, LinkCount
from tests.factories import blocks, make_article, make_page, make_topic, sign_in
from tests.kept import statements_of, warm_up


def rows(client, **asked):
    """What an export of the report says: by article and language, its three numbers."""
    answer = client.get(reverse("diptych_links:index"), {"export": "csv", **asked})
    lines = list(csv.reader(b"".join(answer.streaming_content).decode().splitlines()))
    return {(line[0], line[1]): tuple(map(int, line[2:5])) for line in lines[1:]}


def test_it_counts_what_readers_of_each_language_meet(journal, client):
    of = {"topics": [make_topic(journal)]}
    alone = make_article(journal, "Seul", "Alone", **of)
    linked = make_article(journal, "Cité", "Quoted", **of)
    link = f'<p><a linktype="page" id="{linked.pk}">là</a></p>'
    body = blocks(("paragraph", link), ("article", {"article": linked.pk}))
    make_article(journal, "Choix", "Choice", picks=[linked, alone], body_en=body, **of)
    make_article(journal, "Brouillon", "Draft", live_in=("fr",), picks=[alone], body_en=body, **of)
    series = make_page(SeriesPage, journal.home, "Suite", "Series")
    for name in ("Un", "Deux"):
        make_article(journal, name, None, live_in=("fr",), series=series, **of)
    hidden = make_article(journal, "Caché", "Hidden", picks=[alone], **of)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    call_command("rebuild_related", verbosity=0)
    sign_in(client)

    found = rows(client)
    assert len(found) == 3 * 2 + 3
    assert ("Hidden", "English") not in found
    # As a pick it stands below the article whose text leads to it too.
    assert found["Quoted", "English"] == (2, 1, 1)
    assert found["Cité", "French"][1:] == (1, 0)
    assert found["Alone", "English"] == (2, 1, 0)
    assert found["Seul", "French"][1] == 2
    assert found["Un", "French"][1:] == (0, 1)
    assert sum(shown for (_n, code), (shown, *_r) in found.items() if code == "English") == 6
    english = rows(client, language="en", only="unlinked")
    assert set(english) == {("Choice", "English")}
    shown = [number for number, *_rest in rows(client, ordering="-shown").values()]
    assert shown == sorted(shown, reverse=True)

    page = client.get(reverse("diptych_links:index"), {"ordering": "shown"}).content.decode()
    assert 'lang="fr">Cité</a>' in page
    asked = {"language": "en", "only": "unlinked"}
    assert ">1 article<" in client.get(reverse("diptych_links:index"), asked).content.decode()
    assert (
        reverse("diptych_links:index") in client.get(reverse("wagtailadmin_home")).content.decode()
    )
    sign_in(client, "reader")
    assert client.get(reverse("diptych_links:index")).status_code in (302, 403)


@pytest.fixture
def large(monkeypatch):
    """Every journal counts as a large one, and counts in the background do not begin."""
    begun = []
    monkeypatch.setattr(counting, "MOST_AT_ONCE", 0)
    queue = SimpleNamespace(enqueue=begun.append)
    monkeypatch.setattr(counting, "on_backend", lambda work, name: queue)
    monkeypatch.setattr(counting, "after_commit", lambda enqueue, limit: enqueue(limit))
    return begun


def opened(client, **asked):
    return client.get(reverse("diptych_links:index"), asked)


def test_many_links_are_counted_in_the_background(journal, admin, large):
    make_article(journal, "Seul", "Alone")
    assert "The links are being counted." in opened(admin).content.decode()
    opened(admin)
    assert large == [3], "once, however often it is opened"
    count_links.func(3)
    assert set(rows(admin)) == {("Alone", "English"), ("Seul", "French")}

    LinkCount.objects.update(counted_at=timezone.now() - timedelta(minutes=5), begun_at=None)
    large.clear()
    Change.objects.all().delete()
    assert "counted anew" not in opened(admin).content.decode()
    make_article(journal, "Choix", "Choice", picks=[ArticlePage.objects.get()])
    page = opened(admin).content.decode()
    assert "are being counted anew" in page and "Alone" in page and "Choice" not in page
    assert large == [3]
    assert rows(admin)["Alone", "English"] == (0, 0, 0), "as counted before"
    count_links.func(3)
    assert rows(admin)["Alone", "English"][1] == 1
    large.clear()
    LinkCount.objects.update(begun_at=timezone.now() - timedelta(hours=1), counted_at=None)
    opened(admin)
    assert large == [3], "a count that was broken off is begun again"


def test_what_is_not_live_any_more_is_left_out_at_once(journal, admin, large):
    article = make_article(journal, "Seul", "Alone")
    count_links.func(3)
    article.unpublish_languages(["en"])
    assert set(rows(admin)) == {("Seul", "French")}
    article.delete()
    assert rows(admin) == {} and not ArticleLinks.objects.exists()


@pytest.mark.parametrize(
    "asked",
    [{}, {"ordering": "linked"}, {"language": "en"}],
)
def test_the_report_asks_the_same_of_more_articles(journal, admin, large, asked):
    def asks():
        warm_up(lambda: opened(admin, **asked))
        return statements_of(lambda: opened(admin, **asked))

    make_article(journal, "Un", "One")
    count_links.func(3)
    few = asks()
    for name in ("Deux", "Trois", "Quatre"):
        make_article(journal, name, f"{name} in English")
    count_links.func(3)
    many = asks()
    assert len(many) <= len(few)
    (listed,) = (sql for sql in many if "diptych_related_articlelinks" in sql and "ORDER" in sql)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {listed.replace('%', '%%')}")
            plan = [row[-1] for row in cursor.fetchall()]
        assert "USING INDEX diptych_links" in plan[0], plan
        assert not [step for step in plan if "TEMP B-TREE" in step], plan


def test_more_articles_than_are_counted(journal, admin, monkeypatch):
    for name in ("Un", "Deux", "Trois"):
        make_article(journal, name, f"{name} in English")
    monkeypatch.setattr(report, "MOST_COUNTED", 2)
    page = opened(admin, language="en")
    assert "More than 2 articles" in page.content.decode()
    assert len(rows(admin, language="en")) == 3, "the export has all"
