"""Print issues: their list, their contents in each language, and the articles that name them."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from diptych.articles.models import PrintIssueEntry, PrintIssueIndexPage, PrintIssuePage
from tests.factories import (
    make_alias,
    make_article,
    make_author,
    make_image,
    make_page,
    publish_draft,
    write_draft,
)
from tests.kept import statements_of, warm_up
from tests.themes.structured import graph_of, schema_faults


@pytest.fixture
def issues(journal):
    return make_page(PrintIssueIndexPage, journal.home, "Numéros", "Print issues")


def make_issue(issues, number=3, fr="Le froid", en="The cold", live_in=("fr", "en"), **values):
    date = datetime.date(2026, number, 2)
    values = {"number": str(number), "publication_date": date, **values}
    return make_page(PrintIssuePage, issues, fr, en, live_in, **values)


def make_document(name="numero.pdf", title="Numéro 3", **values):
    document = get_document_model()(title=title, **values)
    document.file.save(name, ContentFile(b"%PDF-1.4"))
    document.file_size = 8
    document.save()
    return document


def soup_at(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def texts(soup, selector):
    return [" ".join(each.get_text().split()) for each in soup.select(selector)]


# The list


def test_issues_are_listed_by_date_in_the_languages_they_are_live_in(client, issues):
    make_issue(issues, 3)
    make_issue(issues, 5, "Mai", "May", cover=make_image())
    make_issue(issues, 4, "Avril", "April", live_in=("fr",))
    make_issue(issues, 6, "Juin", "June", live_in=())
    soup = soup_at(client, "/en/print-issues/")
    assert texts(soup, ".covers__title") == ["May", "The cold"]
    assert texts(soup, ".covers__name") == ["No. 5, May 2026", "No. 3, March 2026"]
    assert len(soup.select(".covers__picture img")) == 1
    assert texts(soup, ".covers__blank .covers__title") == ["The cold"]
    soup = soup_at(client, "/fr/numeros/")
    assert texts(soup, ".covers__title") == ["Mai", "Avril", "Le froid"]


def test_the_list_has_pages(client, issues, settings):
    settings.DIPTYCH_ARTICLES_PER_PAGE = 1
    for number in (3, 5):
        make_issue(issues, number, f"Numéro {number}", f"Issue {number}")
    assert texts(soup_at(client, "/en/print-issues/?page=2"), ".covers__title") == ["Issue 3"]
    assert client.get("/en/print-issues/?page=3").status_code == 404


@pytest.mark.scale
def test_the_list_costs_no_more_with_more_issues(client, issues):
    make_issue(issues, 1, "Un", "One", cover=make_image("Un"))

    def ask():
        client.get("/en/print-issues/")

    warm_up(ask)
    few = len(statements_of(ask))
    for number in range(2, 9):
        make_issue(issues, number, f"N {number}", f"I {number}", cover=make_image(f"N {number}"))
    warm_up(ask)
    assert len(statements_of(ask)) <= few


def test_the_footer_leads_to_a_list_with_issues_in_the_language(client, issues):
    links = "a[href='/en/print-issues/']"
    assert not soup_at(client, "/en/").select(links)
    make_issue(issues)
    assert len(soup_at(client, "/en/").select(links)) == 1
    issues.unpublish_languages(["en"])
    assert not soup_at(client, "/en/").select(links)
    assert soup_at(client, "/fr/").select("a[href='/fr/numeros/']")


# One issue


def test_an_issue_leads_to_its_articles_and_tells_what_is_only_in_print(client, journal, issues):
    lake = make_article(journal, authors=[make_author(journal)])
    make_issue(
        issues,
        introduction_en="<p>On <b>ice</b>.</p>",
        cover=make_image(alt_en=""),
        entries=[
            PrintIssueEntry(article=lake, page_number=4, section_fr="Dossier", section_en="Focus"),
            PrintIssueEntry(title_fr="Jeux", title_en="Games", author="Ana Roth", page_number=30),
            PrintIssueEntry(title_fr="Agenda"),
        ],
    )
    soup = soup_at(client, "/en/print-issues/the-cold/")
    assert texts(soup, ".print-issue__title") == ["The lake freezes", "Games"]
    assert soup.select_one(".print-issue__title a")["href"] == "/en/stories/the-lake-freezes/"
    assert texts(soup, ".print-issue .byline") == ["By Léa Rochat", "By Ana Roth"]
    assert texts(soup, ".print-issue__section") == ["Focus"]
    assert texts(soup, ".print-issue__number") == ["Page 4", "Page 30"]
    assert soup.select_one(".page-head__about b").get_text() == "ice"
    french = soup_at(client, "/fr/numeros/le-froid/")
    assert texts(french, ".print-issue__title") == ["Le lac gèle", "Jeux", "Agenda"]


def test_an_article_in_another_language_is_named_in_it_or_in_the_words_of_the_entry(
    client, journal, issues
):
    author = make_author(journal, live_in=("fr",))
    only_fr = make_article(journal, "Le lac", None, live_in=("fr",), authors=[author])
    worded = make_article(journal, "La neige", None, live_in=("fr",))
    draft = make_article(journal, "Secret", "Secret", live_in=())
    rows = [
        PrintIssueEntry(article=only_fr, section_fr="À lire"),
        PrintIssueEntry(article=worded, title_fr="Neige", title_en="Snow"),
        PrintIssueEntry(article=draft),
    ]
    make_issue(issues, entries=rows)
    soup = soup_at(client, "/en/print-issues/the-cold/")
    links = soup.select(".print-issue__title a")
    assert texts(soup, ".print-issue__title") == ["Le lac", "Snow"]
    assert [each.get("lang") for each in links] == ["fr", None]
    assert [each["hreflang"] for each in links] == ["fr", "fr"]
    assert [each["href"] for each in links] == ["/fr/articles/le-lac/", "/fr/articles/la-neige/"]
    assert texts(soup, ".print-issue__language") == ["Article in French"] * 2
    assert texts(soup, ".print-issue__section") == []
    (byline,) = soup.select(".print-issue .byline")
    assert " ".join(byline.get_text().split()) == "Par Léa Rochat"
    assert byline.parent["lang"] == "fr" and byline.a["href"].startswith("/fr/")


def test_the_pdf_is_that_of_the_language_and_no_other(client, issues):
    document = make_document()
    make_issue(issues, pdf_fr=document)
    assert document.url in str(soup_at(client, "/fr/numeros/le-froid/"))
    assert "documents/" not in str(soup_at(client, "/en/print-issues/the-cold/").select("main"))


def test_a_pdf_that_only_some_may_have_is_not_offered(client, issues):
    internal = Collection.get_first_root_node().add_child(name="Internal")
    drafts = internal.add_child(name="Drafts")
    make_issue(issues, pdf_en=make_document(collection=drafts), pdf_fr=make_document())
    address = "/en/print-issues/the-cold/"
    assert soup_at(client, address).select(".print-issue__pdf")
    CollectionViewRestriction.objects.create(collection=internal, restriction_type="login")
    assert not soup_at(client, address).select("main a[href*=documents]")
    assert soup_at(client, "/fr/numeros/le-froid/").select(".print-issue__pdf")


@pytest.mark.scale
def test_an_issue_costs_no_more_with_more_entries(client, journal, issues):
    def entries(number, start=0):
        articles = [
            make_article(journal, f"Texte {each}", f"Text {each}", authors=[author])
            for each in range(start, start + number)
        ]
        return [PrintIssueEntry(article=article) for article in articles]

    author = make_author(journal)
    make_issue(issues, entries=entries(2), pdf_en=make_document())
    make_issue(issues, 4, "Long", "Long", entries=entries(9, 2), pdf_en=make_document())

    def queries(address):
        warm_up(lambda: soup_at(client, address))
        return len(statements_of(lambda: soup_at(client, address)))

    few = queries("/en/print-issues/the-cold/")
    assert queries("/en/print-issues/long/") <= few


def test_authors_of_an_article_in_another_language_cost_no_more(client, journal, issues):
    def entries(name, *authors):
        article = make_article(journal, name, None, live_in=("fr",), authors=authors)
        return [PrintIssueEntry(article=article)]

    make_issue(issues, entries=entries("Sans"))
    make_issue(issues, 4, "Autre", "Other", entries=entries("Avec", make_author(journal)))

    def queries(address):
        warm_up(lambda: soup_at(client, address))
        return len(statements_of(lambda: soup_at(client, address)))

    assert queries("/en/print-issues/other/") <= queries("/en/print-issues/the-cold/")


def test_a_document_that_is_no_pdf_keeps_an_issue_from_being_published(issues):
    issue = make_issue(issues, live_in=())
    document = make_document("numero.docx", "Brouillon")
    issue.pdf_fr = document
    said = "«\u202fBrouillon\u202f» n’est pas un PDF."
    assert ("pdf_fr", said) in map(tuple, issue.publication_problems("fr"))
    assert not list(issue.publication_problems("en"))
    assert issue.pdf_in("fr") is None


def test_a_private_issue_is_not_shown(client, journal, issues):
    article = make_article(journal)
    issue = make_issue(issues, entries=[PrintIssueEntry(article=article)])
    PageViewRestriction.objects.create(page=issue, restriction_type="login")
    assert client.get("/en/print-issues/the-cold/").status_code == 302
    assert not texts(soup_at(client, "/en/print-issues/"), ".covers__title")
    assert not soup_at(client, "/en/stories/the-lake-freezes/").select(".printed-in")


# The articles


def test_an_article_names_the_issues_it_appeared_in(client, journal, issues):
    article = make_article(journal)
    twice = [PrintIssueEntry(article=article), PrintIssueEntry(article=article)]
    make_issue(issues, entries=[*twice, PrintIssueEntry(title_en="Only in print")])
    make_issue(issues, 5, "Mai", "May", live_in=("fr",), entries=[PrintIssueEntry(article=article)])
    soup = soup_at(client, "/en/stories/the-lake-freezes/")
    assert texts(soup, ".printed-in") == ["In print: no. 3, March 2026"]
    assert soup.select_one(".printed-in a")["href"] == "/en/print-issues/the-cold/"
    french = soup_at(client, "/fr/articles/le-lac-gele/")
    assert texts(french, ".printed-in") == ["Version imprimée : n° 5, mai 2026 · n° 3, mars 2026"]
    assert [each["href"] for each in french.select(".printed-in a")] == [
        "/fr/numeros/mai/",
        "/fr/numeros/le-froid/",
    ]
    assert '"@type": "PublicationIssue"' in str(soup)


def test_an_issue_of_a_later_month_is_not_said_to_have_appeared(client, journal, issues):
    entries = [PrintIssueEntry(article=make_article(journal))]
    make_issue(issues, publication_date=datetime.date(2999, 12, 1), entries=entries)
    french = soup_at(client, "/fr/articles/le-lac-gele/")
    assert texts(french, ".printed-in") == ["Version imprimée : n° 3, décembre 2999"]
    english = soup_at(client, "/en/stories/the-lake-freezes/")
    assert texts(english, ".printed-in") == ["In print: no. 3, December 2999"]


def test_issues_without_a_date_come_last_and_may_name_an_alias(client, journal, issues):
    article = make_article(journal)
    alias = make_alias(article)
    make_issue(issues, entries=[PrintIssueEntry(article=alias)])
    undated = {"publication_date": None, "entries": [PrintIssueEntry(article=alias)]}
    make_issue(issues, 4, "Avril", "April", **undated)
    soup = soup_at(client, "/en/stories/the-lake-freezes/")
    assert texts(soup, ".printed-in") == ["In print: no. 3, March 2026 · no. 4"]


def test_an_article_follows_the_state_of_its_issue(client, journal, issues):
    article = make_article(journal)
    address = "/en/stories/the-lake-freezes/"
    issue = make_issue(issues, live_in=(), entries=[PrintIssueEntry(article=article)])
    assert not soup_at(client, address).select(".printed-in")
    issue.publish_languages(["en"])
    assert soup_at(client, address).select(".printed-in")
    write_draft(issue, entries=[])
    assert soup_at(client, address).select(".printed-in")
    publish_draft(issue, entries=[])
    assert not soup_at(client, address).select(".printed-in")


def test_the_issue_of_an_article_costs_no_query_of_its_own(client, journal, issues):
    make_article(journal, "Sans", "Without")
    article = make_article(journal)
    make_issue(issues, entries=[PrintIssueEntry(article=article)])

    def queries(address):
        warm_up(lambda: client.get(address))
        return len(statements_of(lambda: client.get(address)))

    assert queries("/en/stories/the-lake-freezes/") == queries("/en/stories/without/")


def test_an_issue_describes_itself_to_machines(client, issues):
    make_issue(issues)
    text = client.get("/en/print-issues/the-cold/").text
    assert '"@type": "PublicationIssue"' in text
    assert '"issueNumber": "3"' in text
    assert '"datePublished": "2026-03-02"' in text
    assert schema_faults(graph_of(text)) == []
