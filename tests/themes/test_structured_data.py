"""What pages say of themselves to machines, in the words of schema.org."""

import pytest
from django.utils.dateparse import parse_datetime

from diptych.articles.images.renditions import record_renditions
from diptych.articles.models import AuthorLink, JournalSettings
from diptych.themes.pictures.rendition_specs import SEARCH_RESULT_SPECS
from tests.factories import (
    BOTH,
    blocks,
    make_article,
    make_author,
    make_image,
    make_plain_page,
    make_topic,
    paragraphs,
    publish_draft,
)
from tests.themes.structured import graph_of, schema_faults

FRENCH, ENGLISH = "/fr/articles/le-lac-gele/", "/en/stories/the-lake-freezes/"
SITE = "http://testserver"


def graph_at(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return graph_of(response.content.decode())


def to_the_second(moment):
    return moment.replace(microsecond=0)


def make_full_article(journal):
    author = make_author(journal, "Léa Rochat", photo=make_image(width=64, height=48))
    translator = make_author(journal, "Ana Keller")
    topic = make_topic(journal)
    return make_article(
        journal,
        authors=[author],
        topics=[topic],
        hero_image=make_image(width=64, height=48),
        translator_en=translator,
        body_en=blocks(
            ("paragraph", "<p>Five words of <b>plain</b> text.</p>"),
            ("heading", {"text": "Two more", "level": "h2"}),
        ),
    )


def test_an_article_says_who_wrote_it_when_and_in_which_language(client, journal):
    article = make_full_article(journal)
    graph = graph_at(client, ENGLISH)
    data = graph["NewsArticle"]
    assert schema_faults(graph) == []
    assert data["headline"] == "The lake freezes"
    assert data["url"] == data["mainEntityOfPage"] == f"{SITE}{ENGLISH}"
    assert data["inLanguage"] == "en"
    assert [person["name"] for person in data["author"]] == ["Léa Rochat"]
    assert data["author"][0]["url"] == f"{SITE}/en/authors/lea-rochat/"
    assert data["translator"]["name"] == "Ana Keller"
    assert data["articleSection"] == ["Climate"]
    assert data["wordCount"] == 7
    assert data["image"] and all(url.startswith(f"{SITE}/media/") for url in data["image"])
    assert parse_datetime(data["datePublished"]) == to_the_second(article.first_public_at_en)
    assert data["dateModified"] == data["datePublished"]
    assert data["publisher"]["name"] == "Diptyque"


def test_texts_have_the_typography_of_their_language(client, journal):
    make_article(journal, 'Qui "gèle" ?', 'Who "freezes"?')
    english = graph_at(client, ENGLISH.replace("the-lake-freezes", "who-freezes"))
    french = "Qui «\u202fgèle\u202f»\u202f?"
    assert english["NewsArticle"]["headline"] == "Who “freezes”?"
    assert english["NewsArticle"]["translationOfWork"]["headline"] == french
    assert english["BreadcrumbList"]["itemListElement"][-1]["name"] == "Who “freezes”?"


def test_a_translator_is_named_in_the_translation_only(client, journal):
    people = {"translator_fr": make_author(journal), "translator_en": make_author(journal, "Ann")}
    make_article(journal, **people)
    assert graph_at(client, ENGLISH)["NewsArticle"]["translator"]["name"] == "Ann"
    assert "translator" not in graph_at(client, FRENCH)["NewsArticle"]


def test_an_update_is_dated_in_its_language_only(client, journal):
    article = publish_draft(make_article(journal), lead_fr="Un chapeau corrigé.")
    french = graph_at(client, FRENCH)["NewsArticle"]
    english = graph_at(client, ENGLISH)["NewsArticle"]
    assert parse_datetime(french["dateModified"]) == to_the_second(article.updated_at_fr)
    assert english["dateModified"] == english["datePublished"]


def test_an_original_and_its_translation_name_each_other(client, journal):
    make_article(journal)
    french = graph_at(client, FRENCH)["NewsArticle"]
    english = graph_at(client, ENGLISH)["NewsArticle"]
    assert [each["url"] for each in french["workTranslation"]] == [f"{SITE}{ENGLISH}"]
    assert english["translationOfWork"]["@id"] == french["@id"]
    assert english["translationOfWork"]["headline"] == "Le lac gèle"
    assert "translationOfWork" not in french and "workTranslation" not in english


def test_a_translation_that_is_not_published_is_not_named(client, journal):
    make_article(journal, live_in=("fr",))
    data = graph_at(client, FRENCH)["NewsArticle"]
    assert "workTranslation" not in data
    assert "The lake freezes" not in client.get(FRENCH).content.decode()


def test_without_a_byline_the_journal_is_the_author(client, journal):
    make_article(journal)
    data = graph_at(client, FRENCH)["NewsArticle"]
    assert [each["@type"] for each in data["author"]] == ["Organization"]


@pytest.mark.rare
def test_an_author_who_is_not_in_the_language_has_a_name_and_no_address(client, journal):
    author = make_author(journal, "Léa Rochat", live_in=("fr",))
    make_article(journal, authors=[author])
    assert graph_at(client, ENGLISH)["NewsArticle"]["author"] == [
        {"@type": "Person", "name": "Léa Rochat"}
    ]


def test_the_way_to_a_page_is_told_in_its_language(client, journal):
    make_article(journal)
    trail = graph_at(client, ENGLISH)["BreadcrumbList"]["itemListElement"]
    assert [(step["name"], step["item"]) for step in trail] == [
        ("Diptyque", f"{SITE}/en/"),
        ("Stories", f"{SITE}/en/stories/"),
        ("The lake freezes", f"{SITE}{ENGLISH}"),
    ]


@pytest.mark.rare
def test_a_page_above_that_cannot_be_read_is_left_out_of_the_way(client, journal):
    section = make_plain_page(journal, "Dossier", "File", live_in=("fr",))
    make_plain_page(journal, "Un", "One", parent=section)
    trail = graph_at(client, "/en/file/one/")["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in trail] == ["Diptyque", "One"]


def test_the_front_page_presents_the_journal_and_its_search(client, journal):
    settings = JournalSettings.for_site(journal.site)
    settings.name_fr, settings.tagline_fr = "Passerelle", "Le journal en deux langues"
    settings.social_links = [("link", {"label": "Ailleurs", "url": "https://social.example/p"})]
    settings.save()
    graph = graph_at(client, "/fr/")
    assert schema_faults(graph) == []
    assert set(graph) == {"Organization", "WebSite"}
    assert graph["Organization"]["name"] == "Passerelle"
    assert graph["Organization"]["sameAs"] == ["https://social.example/p"]
    action = graph["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{SITE}/fr/search/?q={{search_term_string}}"


def test_the_page_of_an_author_is_about_a_person(client, journal):
    make_author(
        journal,
        photo=make_image(width=64, height=48),
        role_en="Editor",
        biography_en="<p>Writes on <i>lakes</i>.</p>",
        links=[AuthorLink(label="Site", url="https://lea.example/")],
    )
    graph = graph_at(client, "/en/authors/lea-rochat/")
    assert schema_faults(graph) == []
    person = graph["ProfilePage"]["mainEntity"]
    assert (person["name"], person["jobTitle"]) == ("Léa Rochat", "Editor")
    assert person["description"] == "Writes on lakes."
    assert person["sameAs"] == ["https://lea.example/"]
    assert person["image"].startswith(f"{SITE}/media/")


def test_the_page_of_an_author_has_the_dates_of_its_language(client, journal):
    author = publish_draft(make_author(journal), biography_fr="<p>Elle écrit.</p>")
    french = graph_at(client, "/fr/auteurs/lea-rochat/")["ProfilePage"]
    english = graph_at(client, "/en/authors/lea-rochat/")["ProfilePage"]
    assert parse_datetime(french["dateModified"]) == to_the_second(author.updated_at_fr)
    assert english["dateModified"] == english["dateCreated"]


def test_the_picture_of_an_article_has_the_proportions_that_engines_ask_for(client, journal):
    image = make_image(width=2400, height=1600)
    make_article(journal, hero_image=image)
    for spec in SEARCH_RESULT_SPECS:
        image.get_rendition(spec)
    record_renditions([image])
    found = graph_at(client, FRENCH)["NewsArticle"]["image"]
    for size in ("fill-1200x675", "fill-1200x900", "fill-1200x1200"):
        assert [size in url for url in found].count(True) == 1
    assert all(url.startswith(f"{SITE}/media/") for url in found[1:])


def test_the_journal_is_one_organization_in_both_languages(client, journal):
    settings = JournalSettings.for_site(journal.site)
    settings.name_fr, settings.name_en = "Passerelle", "Footbridge"
    settings.save()
    french, english = (graph_at(client, f"/{code}/")["Organization"] for code in BOTH)
    assert french == english
    assert (french["name"], french["alternateName"]) == ("Passerelle", ["Footbridge"])
    assert (french["@id"], french["url"]) == (f"{SITE}/#organization", f"{SITE}/")


def test_a_sentence_about_an_author_is_no_job(client, journal):
    make_author(journal, role_en="She studies lakes. And ice.")
    person = graph_at(client, "/en/authors/lea-rochat/")["ProfilePage"]["mainEntity"]
    assert "jobTitle" not in person
    assert person["description"] == "She studies lakes. And ice."


@pytest.mark.parametrize("language", BOTH)
def test_lists_name_what_they_show(client, journal, settings, language):
    settings.DIPTYCH_ARTICLES_PER_PAGE = 1
    make_article(journal, topics=[make_topic(journal)])
    make_article(journal, "Le second", "The second")
    address = {"fr": "/fr/articles/?page=2", "en": "/en/stories/?page=2"}[language]
    graph = graph_at(client, address)
    assert schema_faults(graph) == []
    (item,) = graph["CollectionPage"]["mainEntity"]["itemListElement"]
    assert item["position"] == 2
    assert item["name"] == {"fr": "Le lac gèle", "en": "The lake freezes"}[language]


def test_words_of_a_headline_cannot_end_the_block(client, journal):
    sly = "</script><script>alert(1)</script> & <!-- “x”"
    body = paragraphs("Words.")
    make_article(journal, en=sly, url_slug_en="sly", lead_en="A lead.", body_en=body)
    html = client.get("/en/stories/sly/").content.decode()
    assert graph_of(html)["NewsArticle"]["headline"] == sly
    assert "alert(1)</script>" not in html


def test_what_not_everybody_may_see_says_nothing(client, journal):
    for address in ("/fr/nulle-part/", "/fr/search/?q=lac"):
        assert "application/ld+json" not in client.get(address).content.decode()
