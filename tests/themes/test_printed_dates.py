"""The dates that readers see, as each language prints them."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from tests.factories import make_article

#: Half an hour into the first of March in Switzerland, still February in Greenwich.
FIRST_OF_MARCH = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
SECOND_OF_MARCH = datetime(2026, 3, 2, 12, tzinfo=UTC)


def printed(client, address):
    page = BeautifulSoup(client.get(address).content, "lxml")
    return [(each["datetime"][:10], each.text) for each in page.select("main time")]


@pytest.mark.parametrize("name", ["le-lac-gele/", ""], ids=["article", "list"])
def test_the_first_of_a_month_is_an_ordinal_in_french(client, journal, name):
    make_article(journal, publication_date=FIRST_OF_MARCH)
    assert printed(client, f"/fr/articles/{name}") == [("2026-03-01", "1er\u00a0mars 2026")]


def test_machines_are_told_the_second_and_no_fraction_of_it(client, journal):
    make_article(journal, publication_date=SECOND_OF_MARCH.replace(microsecond=123456))
    page = BeautifulSoup(client.get("/fr/articles/").content, "html.parser")
    assert page.select_one("main time")["datetime"] == "2026-03-02T13:00:00+01:00"


def test_no_other_day_is_an_ordinal(client, journal):
    make_article(journal, publication_date=SECOND_OF_MARCH)
    assert printed(client, "/fr/articles/") == [("2026-03-02", "2\u00a0mars 2026")]


def test_english_counts_the_first_like_any_other_day(client, journal):
    make_article(journal, publication_date=FIRST_OF_MARCH)
    assert printed(client, "/en/stories/") == [("2026-03-01", "1\u00a0March 2026")]
