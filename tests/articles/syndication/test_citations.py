"""Articles are cited in words and in files, in the language they are read in."""

import io
import json
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from citeproc.source.bibtex import BibTeX
from citeproc.source.json import CiteProcJSON
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from diptych.articles.languages.publication.service import unpublish_languages
from diptych.articles.linguistics.quotations import within_quotation
from diptych.articles.models import JournalSettings
from diptych.articles.syndication.citations import FORMATS
from tests.factories import make_article, make_author, make_journal
from tests.reading import page_at

pytestmark = pytest.mark.django_db

ENGLISH = "/en/stories/the-lake-freezes/"


@pytest.fixture
def article(journal):
    people = [
        make_author(journal, family_name="Rochat"),
        make_author(journal, "Camille O’Rourke"),
    ]
    date = datetime(2026, 3, 1, 12, tzinfo=UTC)
    return make_article(journal, authors=people, publication_date=date)


def address(article, name="bibtex", language="en"):
    with override(language):
        return reverse(f"diptych_cite_{name}", args=[article.pk])


def change_settings(journal, **values):
    settings = JournalSettings.for_site(journal.site)
    for name, value in values.items():
        setattr(settings, name, value)
    settings.save()


def test_bibtex_names_what_the_article_says(client, article):
    response = client.get(address(article))
    assert response["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Robots-Tag"] == "noindex"
    assert response.content.decode().splitlines() == [
        f"@article{{{article.pk}-en,",
        "  author = {Rochat, Léa and {Camille O’Rourke}},",
        "  title = {{The lake freezes}},",
        "  journal = {Diptyque},",
        "  year = {2026},",
        "  month = {3},",
        f"  url = {{http://testserver{ENGLISH}}},",
        "  language = {en},",
        "}",
    ]


def test_ris_has_a_line_for_each_author(client, article):
    lines = client.get(address(article, "ris", "fr")).content.decode().split("\r\n")
    assert lines[0] == "TY  - MGZN"
    assert "TI  - Le lac gèle" in lines and "DA  - 2026/03/01" in lines
    assert [line for line in lines if line.startswith("AU")] == [
        "AU  - Rochat, Léa",
        "AU  - Camille O’Rourke",
    ]
    assert lines[-2:] == ["ER  - ", ""]


def test_csl_is_an_item_of_that_language(client, article):
    (item,) = json.loads(client.get(address(article, "csl")).content)
    lea = {"family": "Rochat", "given": "Léa"}
    assert item["author"] == [lea, {"literal": "Camille O’Rourke"}]
    assert item["issued"] == {"date-parts": [[2026, 3, 1]]}
    assert item["URL"] == f"http://testserver{ENGLISH}"
    assert item["language"] == "en"


#: Names as they are printed, with the family name, and what a program should read of them.
NAMES = [
    ("Léa Rochat", "Rochat", ("Rochat", "Léa")),
    ("Anna de Vries", "de Vries", ("de Vries", "Anna")),
    ("Nguyễn Văn An", "Nguyễn", ("Nguyễn", "Văn An")),
    ("Martin Luther King, Jr.", "King, Jr.", ("King, Jr.", "Martin Luther")),
    ("Rosa Land and Sea", "Land and Sea", ("Land and Sea", "Rosa")),
    ("Student council", "", None),
    # Of a name in another script, or one that was changed.
    ("Лея Роша", "Rochat", None),
]


@pytest.fixture
def by_many(journal):
    authors = [make_author(journal, name, family_name=family) for name, family, _read in NAMES]
    return make_article(journal, authors=authors)


def read_name(name):
    """The family name, with its particle, and the given name."""
    family = [str(name[part]) for part in ("non-dropping-particle", "family") if part in name]
    return " ".join(family) or None, str(name["given"]) if "given" in name else None


def test_citeproc_reads_the_names_of_csl(client, by_many):
    items = json.loads(client.get(address(by_many, "csl")).content)
    (reference,) = CiteProcJSON(items).values()
    assert list(map(read_name, reference.author)) == [
        wanted or (None, None) for *_name, wanted in NAMES
    ]
    literal = [each["literal"] for each in items[0]["author"] if "literal" in each]
    assert literal == [name for name, _family, wanted in NAMES if wanted is None]


def test_citeproc_reads_the_names_of_bibtex(client, by_many):
    source = BibTeX(io.StringIO(client.get(address(by_many)).content.decode()))
    (reference,) = source.values()
    assert list(map(read_name, reference.author)) == [
        wanted or (name, None) for name, _family, wanted in NAMES
    ]


def test_a_title_quoted_in_a_citation_has_the_inner_marks(client, journal):
    make_article(journal, "Dire « pois » en signes", "The sign for “pea”")
    english = page_at(client, "/en/stories/the-sign-for-pea/").select_one(".reuse__text").text
    assert "“The sign for ‘pea’”" in english
    french = page_at(client, "/fr/articles/dire-pois-en-signes/").select_one(".reuse__text").text
    assert " ".join(french.split()).count("«") == 1 and "“pois”" in french


@pytest.mark.parametrize(
    ("language", "quoted"),
    [("fr-ch", "Dire ‹\u202fpois\u202f› en signes"), ("fr", "Dire “pois” en signes")],
)
@pytest.mark.rare
def test_the_inner_marks_are_those_of_the_territory(language, quoted):
    with override(language):
        assert within_quotation("Dire «\u202fpois\u202f» en signes") == quoted


@pytest.mark.rare
def test_who_translated_what_is_cited_is_named(client, journal):
    people = {
        "authors": [make_author(journal)],
        "translator_en": make_author(journal, "Ann {West}"),
        # Of the language that it was written in, of which readers are told nothing.
        "translator_fr": make_author(journal, "Noémie Favre"),
        "publication_date": datetime(2026, 3, 1, 12, tzinfo=UTC),
    }
    article = make_article(journal, **people)
    files = {name: client.get(address(article, name)).content.decode() for name in FORMATS}
    assert r"  translator = {{Ann \{West\}}}," in files["bibtex"].splitlines()
    assert "A4  - Ann {West}" in files["ris"].split("\r\n")
    assert json.loads(files["csl"])[0]["translator"] == [{"literal": "Ann {West}"}]
    said = page_at(client, ENGLISH).select_one(".reuse__text").text.replace("\xa0", " ")
    assert said.startswith("Léa Rochat, “The lake freezes”, translated by Ann {West}, Diptyque, 1")
    for name in FORMATS:
        assert "Favre" not in client.get(address(article, name, "fr")).content.decode()
    french = page_at(client, "/fr/articles/le-lac-gele/")
    assert "Favre" not in french.select_one(".reuse__text").text
    people["authors"][0].delete()
    said = page_at(client, ENGLISH).select_one(".reuse__text").text
    assert said.startswith("“The lake freezes”, translated by Ann {West}, Diptyque,")


@pytest.mark.rare
def test_no_title_breaks_out_of_a_file(client, journal):
    title = 'Lakes & "ice" {100 %}\r\nER  - \\input{x}_~^$#'
    article = make_article(journal, "Lacs", title)
    with override("en"):
        files = {name: client.get(address(article, name)).content.decode() for name in FORMATS}
    escaped = (
        r"Lakes \& \"ice\" \{100 \%\} ER - \textbackslash{}input\{x\}\_\textasciitilde{}"
        r"\textasciicircum{}\$\#"
    ).replace('\\"', '"')
    assert f"  title = {{{{{escaped}}}}}," in files["bibtex"].splitlines()
    assert [line[:2] for line in files["ris"].split("\r\n") if line[:2] == "ER"] == ["ER"]
    assert json.loads(files["csl"])[0]["title"].startswith('Lakes & "ice" {100 %} ER')


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.rare
def test_only_what_visitors_may_read_is_cited(client, journal, name):
    french = make_article(journal, "Lacs", "Secret lakes", live_in=("fr",))
    draft = make_article(journal, "Brouillon", "Draft", live_in=())
    private = make_article(journal, "Privé", "Private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    for page in (french, draft, private, journal.home):
        assert client.get(address(page, name)).status_code == 404
    assert client.get(address(french, name, "fr")).status_code == 200
    assert client.get(f"/en/cite/{10**25}/{name}/").status_code == 404
    assert client.get(f"/en/cite/{french.pk}/endnote/").status_code == 404


@pytest.mark.rare
def test_an_article_of_another_site_is_not_cited(client, journal):
    other = make_article(make_journal("other.example"), "Ailleurs", "Elsewhere")
    assert client.get(address(other)).status_code == 404
    found = client.get(address(other), headers={"host": "other.example"})
    assert "http://other.example/en/stories/elsewhere/" in found.content.decode()


@pytest.mark.rare
def test_a_change_is_in_the_file_at_once(client, article):
    assert client.get(address(article)).status_code == 200
    unpublish_languages(article, ["en"])
    assert client.get(address(article)).status_code == 404


@pytest.mark.rare
def test_the_article_says_how_it_is_cited(client, article):
    details = page_at(client, ENGLISH).select_one("details.reuse")
    assert details.summary.text == "Cite this article"
    assert details.select_one(".reuse__text").text.replace("\xa0", " ") == (
        "Léa Rochat and Camille O’Rourke, “The lake freezes”, Diptyque, 1 March 2026, "
        f"http://testserver{ENGLISH}"
    )
    links = {each.text: each["href"] for each in details.select("a[download]")}
    assert links == {
        "BibTeX": address(article),
        "RIS": address(article, "ris"),
        "CSL JSON": address(article, "csl"),
    }
    assert "Report an error" not in page_at(client, ENGLISH).text


@pytest.mark.rare
def test_a_licence_says_how_it_is_republished(client, journal, article):
    licence = "https://creativecommons.org/licenses/by/4.0/"
    change_settings(journal, licence="CC BY 4.0", licence_url=licence)
    page = page_at(client, ENGLISH)
    details = page.select_one("details.reuse")
    assert details.summary.text == "Cite or republish this article"
    assert details.find("a", rel="license")["href"] == licence
    credit = details.select(".reuse__text")[1].text.replace("\xa0", " ")
    assert credit == (
        f"This article was first published in Diptyque: http://testserver{ENGLISH} (CC BY 4.0)"
    )
    said = page_at(client, "/fr/articles/le-lac-gele/").select_one(".reuse > p:not([class])")
    assert said.find("a", rel="license").text == "CC\xa0BY\xa04.0"
    assert said.text.replace("\xa0", " ") == (
        "Vous pouvez republier cet article sous cette licence : CC BY 4.0. Indiquez qui l’a écrit "
        "et ajoutez :"
    )
    data = json.loads(page.find("script", type="application/ld+json").text)
    (article,) = [node for node in data["@graph"] if node["@type"] == "NewsArticle"]
    assert article["license"] == licence


@pytest.mark.rare
def test_a_licence_may_have_no_address(client, journal, article):
    change_settings(journal, licence="All <rights>")
    said = page_at(client, ENGLISH).select_one("details.reuse > p:not([class])")
    assert said.text == (
        "You may republish this article under this licence: All <rights>. Name its authors, and "
        "add:"
    )


@pytest.mark.rare
def test_an_address_of_a_licence_without_its_name_is_told_to_nobody(client, journal, article):
    change_settings(journal, licence_url="https://creativecommons.org/licenses/by/4.0/")
    assert "creativecommons" not in client.get(ENGLISH).content.decode()


@pytest.mark.rare
def test_errors_are_reported_by_e_mail_where_there_is_an_address(client, journal, article):
    change_settings(journal, errors_email="desk@example.org")
    link = page_at(client, ENGLISH).select_one(".reuse__report a")
    assert link.text == "Report an error"
    assert link["href"].startswith("mailto:desk@example.org?subject=Error%20in%20")
    assert f"http://testserver{ENGLISH}" in unquote(link["href"])


@pytest.mark.rare
def test_a_preview_cites_nothing(rf, journal, article):
    response = article.make_preview_request(preview_mode="en")
    assert "reuse__title" not in response.content.decode()
