"""Print issues are found by number, month, title and introduction, where readers may open them."""

import datetime

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from diptych.articles.languages.publication.service import publish_languages, unpublish_languages
from diptych.articles.models import PrintIssueIndexPage, PrintIssuePage, SeriesPage
from tests.articles.search.browsing import links, page_of, results
from tests.factories import make_article, make_page, paragraphs, publish_draft, write_draft
from tests.tiers import one_row_of

ENGLISH = "/en/print-issues/the-cold/"


@pytest.fixture
def issues(journal):
    return make_page(PrintIssueIndexPage, journal.home, "Numéros", "Print issues")


@pytest.fixture
def issue(issues):
    return make_issue(issues)


def found(reader, title, query, language="en"):
    """The addresses of pages among the results whose text has ``title``."""
    html = page_of(reader, query, language)
    return links(html.replace("\N{NO-BREAK SPACE}", " "), title)


def make_issue(issues, **values):
    values = {"number": "2", "publication_date": datetime.date(2026, 3, 2), **values}
    return make_page(PrintIssuePage, issues, "Le froid", "The cold", **values)


@pytest.mark.parametrize(
    ("language", "query"),
    one_row_of(
        [
            ("en", "no. 2"),
            ("en", "issue 2"),
            ("en", "number 2"),
            ("en", "the cold"),
            ("en", "cold no. 2"),
            ("en", "march 2026"),
            ("fr", "n° 2"),
            ("fr", "no 2"),
            ("fr", "nº 2"),
            ("fr", "numéro 2"),
            ("fr", "mars 2026"),
        ],
        "odd",
    ),
)
def test_its_number_its_month_and_its_title_find_it(issue, reader, language, query):
    address = issue.url_in(language)
    title = {"en": "The cold (no. 2, March 2026)", "fr": "Le froid (n° 2, mars 2026)"}
    assert address in found(reader, title[language], query, language)


def test_its_page_stands_beside_the_articles_that_have_the_words(issue, journal, reader):
    make_article(journal, "Froid", "Cold", body_en=paragraphs("It was 2 degrees."))
    html = page_of(reader, "cold 2", "en")
    assert ENGLISH in links(html, "The cold") and results(html) == ["cold"]


@pytest.mark.parametrize(
    ("language", "named"),
    [("fr", ["Numéro imprimé", "Série"]), ("en", ["Print issue", "Series"])],
)
def test_what_it_is_stands_beside_its_title(issue, journal, reader, language, named):
    make_page(SeriesPage, journal.home, "Froid", "Cold")
    page = BeautifulSoup(page_of(reader, {"fr": "froid", "en": "cold"}[language], language), "lxml")
    assert sorted(each.text for each in page.select(".found-pages__kind")) == named


def test_a_title_with_the_number_is_left_as_it_is(issue, reader):
    publish_draft(issue, headline_en="Number 2: the cold")
    assert found(reader, "Number 2: the cold", "number 2") == [ENGLISH]
    assert found(reader, "Number 2: the cold", "march 2026") == [ENGLISH]
    publish_draft(issue, headline_en="The cold of 2024")
    assert found(reader, "The cold of 2024 (no. 2, March 2026)", "number 2") == [ENGLISH]
    publish_draft(issue, headline_en="March 2026", number="")
    assert found(reader, "March 2026", "march 2026") == [ENGLISH]


def test_its_introduction_is_read_without_markup(issues, reader):
    make_issue(issues, introduction_en="<p>All about <b>igloos</b>.</p>")
    assert found(reader, "The cold", "igloos") == [ENGLISH]
    assert not found(reader, "The cold", "b")


def test_it_is_found_where_it_is_live_and_by_any_visitor_only(issues, reader):
    issue = make_issue(issues, live_in=("fr",))
    assert not found(reader, "The cold", "no. 2")
    assert found(reader, "Le froid", "n° 2", "fr")
    publish_languages(issue, ["en"])
    assert found(reader, "The cold", "no. 2")
    unpublish_languages(issue, ["en"])
    assert not found(reader, "The cold", "no. 2")
    PageViewRestriction.objects.create(page=issues, restriction_type=PageViewRestriction.LOGIN)
    html = page_of(reader, "n° 2")
    assert not links(html, "Le froid") and "Le froid" not in html


def test_a_number_is_found_as_soon_as_it_is_published(issue, reader):
    write_draft(issue, number="7")
    assert not found(reader, "The cold", "no. 7")
    publish_draft(issue, number="7")
    assert found(reader, "The cold (no. 7, March 2026)", "no. 7") == [ENGLISH]
    assert not found(reader, "The cold", "no. 2")


def test_an_issue_without_number_and_date_is_found_by_its_title(issues, reader):
    make_issue(issues, number="", publication_date=None)
    assert found(reader, "The cold", "cold") == [ENGLISH]


@pytest.mark.parametrize(
    ("language", "query"),
    one_row_of([("fr", "n° 2"), ("fr", "№2"), ("en", "No. 2"), ("en", "#2")], "odd"),
)
def test_a_number_sign_belongs_to_its_number(issue, journal, reader, language, query):
    body = {"body_fr": paragraphs("Deux lots de 2 paquets, n’est-ce pas ? Non."), "body_en": ""}
    body["body_en"] = paragraphs("Two lots of 2 packets, no? And n more.")
    make_article(journal, "Céréales", "Cereals", **body)
    law = {"body_fr": paragraphs("La loi n° 2 de 1848."), "body_en": paragraphs("Act no. 2.")}
    make_article(journal, "Loi", "Law", **law)
    html = page_of(reader, query, language)
    assert issue.url_in(language) in html
    assert len(links(html, {"fr": "Loi", "en": "Law"}[language])) == (query not in ("#2",))
    assert not links(html, {"fr": "Céréales", "en": "Cereals"}[language])
