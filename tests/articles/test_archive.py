"""The archive: articles of a language by year and month."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from diptych.articles.languages.publication.service import unpublish_languages
from tests.factories import make_article, publish_draft
from tests.kept import forget_pages, read_log, statements_of, warm_up
from tests.reading import page_at


def on(year, month, day=15, hour=12):
    return datetime(year, month, day, hour, tzinfo=UTC)


def article(journal, name, *date, **values):
    return make_article(journal, name, f"{name} in English", publication_date=on(*date), **values)


def entries(page):
    return [(each.a["href"], each.get_text(" ", strip=True)) for each in page.select("main li")]


def headlines(page):
    return [each.text for each in page.select(".card__headline")]


def test_years_and_months_are_told_with_their_numbers(client, journal):
    article(journal, "Un", 2026, 11)
    article(journal, "Deux", 2026, 11, live_in=("fr",))
    article(journal, "Trois", 2025, 2)
    english = page_at(client, "/en/archive/")
    assert english.h1.text == "Archive"
    assert [each.get_text(" ", strip=True) for each in english.select("main h2")] == [
        "2026 1 article",
        "2025 1 article",
    ]
    assert entries(english) == [
        ("/en/archive/2026/11/", "November 2026 1 article"),
        ("/en/archive/2025/02/", "February 2025 1 article"),
    ]
    assert entries(page_at(client, "/fr/archive/"))[0] == (
        "/fr/archive/2026/11/",
        "Novembre 2026 2 articles",
    )


def test_a_month_and_a_year_list_their_articles(client, journal):
    article(journal, "Un", 2026, 11, 2)
    article(journal, "Deux", 2026, 11, 20)
    article(journal, "Trois", 2026, 2)
    article(journal, "Quatre", 2025, 11)
    month = page_at(client, "/fr/archive/2026/11/")
    assert month.h1.text == "Novembre 2026"
    assert month.title.text.startswith("Archives\N{NO-BREAK SPACE}: novembre 2026")
    assert headlines(month) == ["Deux", "Un"]
    year = page_at(client, "/fr/archive/2026/")
    assert year.h1.text == "2026"
    assert headlines(year) == ["Deux", "Un", "Trois"]
    assert [each["href"] for each in year.select(".archive a")] == [
        "/fr/archive/2026/11/",
        "/fr/archive/2026/02/",
    ]


def test_a_month_ends_where_the_site_is(client, journal, settings):
    settings.TIME_ZONE = "Europe/Zurich"
    article(journal, "Nuit", 2026, 10, 31, 23)
    assert headlines(page_at(client, "/fr/archive/2026/11/")) == ["Nuit"]
    assert client.get("/fr/archive/2026/10/").status_code == 404


@pytest.mark.parametrize(
    "end", ["2024/", "2026/10/", "2026/13/", "2026/1/", "26/", "2026/11/?page=2"]
)
def test_what_has_no_articles_is_not_found(client, journal, end):
    article(journal, "Un", 2026, 11)
    assert client.get(f"/fr/archive/{end}").status_code == 404


def test_long_lists_have_several_pages(client, journal, settings):
    settings.DIPTYCH_ARTICLES_PER_PAGE = 2
    for number in range(1, 4):
        article(journal, f"Texte {number}", 2026, 11, number)
    first = page_at(client, "/en/archive/2026/11/")
    assert len(headlines(first)) == 2
    assert first.select_one("a[rel=next]")["href"] == "/en/archive/2026/11/?page=2"
    second = page_at(client, "/en/archive/2026/11/?page=2")
    assert headlines(second) == ["Texte 1 in English"]
    assert second.find("link", rel="canonical")["href"].endswith("/en/archive/2026/11/?page=2")
    assert "page\N{NO-BREAK SPACE}2" in second.title.text


def test_only_what_visitors_may_see_is_counted(client, journal):
    gone = article(journal, "Un", 2026, 11)
    private = article(journal, "Deux", 2026, 10)
    article(journal, "Trois", 2026, 9, live_in=())
    article(journal, "Quatre", 2026, 8)
    unpublish_languages(gone, ["en"])
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert [address for address, _text in entries(page_at(client, "/en/archive/"))] == [
        "/en/archive/2026/08/"
    ]
    assert client.get("/en/archive/2026/11/").status_code == 404
    assert client.get("/fr/archive/2026/11/").status_code == 200


def test_languages_lead_to_one_another_where_there_are_articles(client, journal):
    article(journal, "Un", 2026, 11)
    article(journal, "Deux", 2026, 10, live_in=("fr",))
    page = page_at(client, "/fr/archive/2026/11/")
    alternates = {each["hreflang"]: each["href"] for each in page.find_all("link", hreflang=True)}
    assert alternates["en"] == "http://testserver/en/archive/2026/11/"
    assert "2026%2F11" in page.select_one(".language-switch a[hreflang=en]")["href"]
    only = page_at(client, "/fr/archive/2026/10/")
    assert not only.find_all("link", hreflang="en")
    assert only.select_one(".language-switch [lang=en]").text == "Not in English"


def test_the_footer_and_the_sitemap_lead_there(client, journal):
    article(journal, "Un", 2026, 11, live_in=("fr",))
    assert page_at(client, "/en/").select_one('footer a[href="/en/archive/"]').text == "Archive"
    sitemap = client.get("/sitemap.xml").content.decode()
    for address in ("/fr/archive/", "/fr/archive/2026/", "/fr/archive/2026/11/"):
        assert f"<loc>http://testserver{address}</loc>" in sitemap
    assert "/en/archive/2026/" not in sitemap


def test_an_empty_archive_says_so(client, journal):
    assert "Nothing has been published here yet." in page_at(client, "/en/archive/").text


@pytest.mark.scale
def test_more_months_and_articles_take_no_more_queries(client, journal):
    article(journal, "Un", 2026, 11)
    with override("en"):
        addresses = [
            reverse("diptych_archive"),
            reverse("diptych_archive_month", args=["2026", "11"]),
        ]

    def count():
        found = []
        for address in addresses:
            warm_up(lambda address=address: client.get(address))
            found.append(len(statements_of(lambda address=address: client.get(address))))
        return found

    few = count()
    for month in range(1, 11):
        article(journal, f"Mois {month}", 2026, month)
        article(journal, f"Jour {month}", 2026, 11, month)
    assert count() <= few


def test_a_change_is_seen_at_once(client, journal):
    page = article(journal, "Un", 2026, 11)
    assert client.get("/en/archive/2026/11/").status_code == 200
    publish_draft(page, publication_date=on(2026, 9))
    assert client.get("/en/archive/2026/11/").status_code == 404
    assert headlines(page_at(client, "/en/archive/2026/09/")) == ["Un in English"]


def test_after_a_publication_its_month_alone_is_counted(client, journal):
    """Of a journal of a hundred thousand articles, the others are read from memory."""
    for year in (2024, 2025, 2026):
        article(journal, f"Texte {year}", year, 5)
    warm_up(lambda: client.get("/fr/archive/"))
    article(journal, "Neuf", 2025, 5)
    read_log()
    forget_pages()
    shown = []
    statements = statements_of(lambda: shown.extend(entries(page_at(client, "/fr/archive/"))))
    assert shown[1] == ("/fr/archive/2025/05/", "Mai 2025 2 articles")
    (counted,) = [each for each in statements if '"number"' in each]
    assert "UNION" not in counted and '2025 AS "year", 5 AS "month"' in counted


def test_what_is_deleted_without_being_unpublished_is_not_counted(client, journal):
    gone, _other = (article(journal, name, 2026, month) for name, month in (("Un", 5), ("Deux", 6)))
    warm_up(lambda: client.get("/fr/archive/"))
    gone.delete()
    article(journal, "Trois", 2026, 6)
    read_log()
    forget_pages()
    assert entries(page_at(client, "/fr/archive/")) == [
        ("/fr/archive/2026/06/", "Juin 2026 2 articles")
    ]
