"""Finding a page costs the same among many siblings and far down the tree."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page

from diptych.articles.languages.models import PageLanguage
from tests.factories import make_article, make_plain_page
from tests.kept import warm_up


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
