"""Finding a page costs the same among many siblings and far down the tree."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from diptych.articles.languages.models import PageLanguage
from tests.factories import make_article, make_plain_page
from tests.kept import statements_of, warm_up


def cost(django_assert_max_num_queries, address, language="en"):
    """How many queries it takes to find the page at an address, below its language prefix."""
    request = RequestFactory().get(f"/{language}/{address}")
    with translation.override(language), django_assert_max_num_queries(99) as captured:
        assert Page.route_for_request(request, address) is not None
    return len(captured)


def add_siblings(known, numbers):
    """Many pages beside ``known`` with their rows, written directly into the tables."""
    parent = known.get_parent()
    pages = []
    for each in numbers:
        path = Page._get_path(parent.path, parent.depth + 1, each)
        page = Page(
            path=path,
            depth=parent.depth + 1,
            title=f"Sœur {each}",
            slug=f"soeur-{each}",
            url_path=f"{parent.url_path}soeur-{each}/",
            content_type=known.content_type,
            locale=known.locale,
        )
        pages.append(page)
    pages = Page.objects.bulk_create(pages)
    PageLanguage.objects.bulk_create(
        PageLanguage(
            page=page,
            language=language,
            slug=page.slug,
            url_path=f"/accueil/{section}/{page.slug}/",
            live=True,
            translated=True,
        )
        for page in pages
        for language, section in (("fr", "articles"), ("en", "stories"))
    )


def test_it_costs_the_same_among_two_siblings_and_two_thousand(
    journal, django_assert_max_num_queries
):
    page = make_article(journal, "Éléphant", "Elephant")
    cost(django_assert_max_num_queries, "stories/elephant/")
    add_siblings(page, range(2, 4))
    few = cost(django_assert_max_num_queries, "stories/elephant/")
    add_siblings(page, range(4, 2002))
    assert cost(django_assert_max_num_queries, "stories/elephant/") == few


@pytest.mark.parametrize("word", ["level", "niveau"], ids=["served", "redirected"])
def test_it_costs_the_same_near_the_root_and_far_below(
    journal, django_assert_max_num_queries, word
):
    parent = None
    for number in range(1, 6):
        parent = make_plain_page(journal, f"Niveau {number}", f"Level {number}", parent=parent)
    cost(django_assert_max_num_queries, f"{word}-1/")
    near = cost(django_assert_max_num_queries, f"{word}-1/")
    below = "".join(f"{word}-{number}/" for number in range(1, 6))
    assert cost(django_assert_max_num_queries, below) == near


@pytest.mark.parametrize("address", ["/en/nothing/", "/en/stories/nothing/"])
def test_an_address_is_looked_up_once_if_nothing_is_there(journal, reader, address):
    """And by whole addresses, which have an index, where many pages may share a parent."""
    warm_up(lambda: reader.get(address))
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(address).status_code == 404
    conditions = [query["sql"].partition(" WHERE ")[2] for query in queries]
    asked = [each for each in conditions if "pagelanguage" in each and "url_path" in each]
    assert len(asked) == len({*asked}) > 0
    assert not [each for each in conditions if "pagelanguage" in each and '"slug" =' in each]


@pytest.mark.parametrize(
    "address, most",
    [
        ("/en/nothing/", 4),  # the log, pages with languages, other pages, redirects
        ("/en/nothing/?key=value", 4),
        ("/en/articles/nothing/", 5),  # a slug of another language
        ("/en/stories/nothing/", 6),  # the section, and its children in another language
        ("/nothing/", 5),  # redirects once more, below the language
        ("/wp-login.php", 2),
    ],
)
def test_an_unknown_address_asks_once_for_each_that_might_stand_there(
    journal, reader, address, most
):
    warm_up(lambda: reader.get(address))
    asked = statements_of(lambda: reader.get(address))
    assert reader.get(address).status_code == 404
    assert len(asked) <= most, asked


def test_what_was_made_a_moment_ago_is_found_at_once(journal, reader):
    addresses = "/en/elephant/", "/en/stories/elephant/", "/fr/articles/elephant/"
    for address in addresses:
        warm_up(lambda address=address: reader.get(address))
        assert reader.get(address).status_code == 404
    Redirect.objects.create(old_path="/en/elephant", redirect_link="/en/stories/")
    assert reader.get("/en/elephant/").url == "/en/stories/"
    page = make_article(journal, "Éléphant", "Elephant")
    assert [reader.get(each).status_code for each in addresses] == [301, 200, 200]
    Redirect.objects.all().delete()
    page.delete()
    assert [reader.get(each).status_code for each in addresses] == [404] * 3


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan of SQLite")
def test_a_slug_is_looked_up_by_itself_and_not_among_all_pages(journal):
    page, parent = make_article(journal), journal.articles
    add_siblings(page, range(10, 400))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as queries:
        assert page.slug_is_free("en", "nothing-stands-there", parent)
    (asked,) = [each["sql"] for each in queries if "nothing-stands-there" in each["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked.replace('%', '%%')}")
        plan = " ".join(row[-1] for row in cursor.fetchall())
    assert "diptych_language_slug" in plan and "SCAN" not in plan
