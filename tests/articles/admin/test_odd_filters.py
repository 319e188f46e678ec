"""Whatever number stands in an address of the admin, the list answers."""

import pytest
from django.urls import reverse

from tests.articles.admin.html import soup

pytestmark = pytest.mark.odd

IMPOSSIBLE = ["9" * 30, "9" * 5000, "abc", "\x00", "-" + "9" * 30]

LISTS = {
    "diptych_articles:index": ["topic", "author", "series", "site", "edited_by"],
    "diptych_authors:index": ["edited_by", "site"],
    "diptych_topics:index": ["edited_by", "site"],
    "diptych_translations:index": ["claimed", "content_type", "language"],
    "diptych_calendar:index": ["month", "language"],
    "diptych_notifications:index": [],
    "diptych_image_problems:index": ["kind", "language", "where"],
    "diptych_links:index": ["language", "only"],
}


def answers(admin, address, names, subtests):
    for name in (*names, "p", "page"):
        for number in IMPOSSIBLE:
            with subtests.test(name=name, number=number[:5]):
                assert admin.get(address, {name: number}).status_code in (200, 404)
                exported = admin.get(address, {name: number, "export": "csv"})
                assert exported.status_code in (200, 404)


@pytest.mark.parametrize("name", LISTS)
def test_a_filter_by_what_can_be_none(admin, articles, subtests, name):
    answers(admin, reverse(name), LISTS[name], subtests)


def test_the_history_and_the_pages_below_a_page(admin, journal, articles, subtests):
    history = reverse("wagtailadmin_pages:history", args=[articles["live"].pk])
    answers(admin, history, ["user", "language", "action"], subtests)
    below = reverse("wagtailadmin_explore", args=[journal.articles.pk])
    answers(admin, below, ["content_type", "owner", "edited_by"], subtests)


@pytest.mark.parametrize("number", ["9" * 30, "abc"])
def test_it_is_said_to_be_no_choice(admin, articles, number):
    page = soup(admin.get(reverse("diptych_articles:index"), {"topic": number}))
    assert f"“{number}” is not a valid value." in page.text
