"""What the head of a page tells browsers, search engines and other sites, in its language."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.utils.dateparse import parse_datetime

from diptych.articles.models import JournalSettings
from tests.factories import (
    make_article,
    make_author,
    make_image,
    make_plain_page,
    make_topic,
    publish_draft,
)

FRENCH, ENGLISH = "/fr/articles/le-lac-gele/", "/en/stories/the-lake-freezes/"


def head_at(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml").head


def said(head, name):
    """What each ``<meta>`` of that name or property says, in order."""
    found = head.select(f'meta[name="{name}"], meta[property="{name}"]')
    return [element["content"] for element in found]


def title(head):
    (found,) = head.find_all("title")
    return found.text


@pytest.mark.parametrize(
    ("address", "headline", "lead"),
    [
        (FRENCH, "Le lac gèle", "Chapeau de Le lac gèle."),
        (ENGLISH, "The lake freezes", "Lead of The lake freezes."),
    ],
)
def test_an_article_is_known_by_its_headline_and_lead(client, journal, address, headline, lead):
    make_article(journal)
    head = head_at(client, address)
    assert title(head) == f"{headline} – Diptyque"
    assert said(head, "og:title") == [headline]
    assert said(head, "description") == [lead]
    assert said(head, "og:description") == [lead]


def test_what_is_written_for_search_engines_comes_first_in_its_language(client, journal):
    make_article(
        journal, meta_title_fr="Lacs gelés du nord", meta_description_fr="Où patiner cet hiver."
    )
    french, english = head_at(client, FRENCH), head_at(client, ENGLISH)
    assert title(french) == "Lacs gelés du nord – Diptyque"
    assert said(french, "og:title") == ["Lacs gelés du nord"]
    assert said(french, "description") == ["Où patiner cet hiver."]
    assert said(french, "og:description") == ["Où patiner cet hiver."]
    assert title(english) == "The lake freezes – Diptyque"
    assert said(english, "og:title") == ["The lake freezes"]
    assert said(english, "description") == ["Lead of The lake freezes."]


def test_a_title_for_search_engines_leaves_the_headline_on_the_page(client, journal):
    make_article(journal, meta_title_en="Frozen lakes of the north")
    page = BeautifulSoup(client.get(ENGLISH).content, "lxml")
    assert page.h1.text == "The lake freezes"
    assert title(page.head) == "Frozen lakes of the north – Diptyque"


@pytest.mark.parametrize(
    ("address", "spoken", "other"), [(FRENCH, "fr_FR", "en_GB"), (ENGLISH, "en_GB", "fr_FR")]
)
def test_the_language_is_told_and_the_others_there_are(client, journal, address, spoken, other):
    make_article(journal)
    head = head_at(client, address)
    assert said(head, "og:locale") == [spoken]
    assert said(head, "og:locale:alternate") == [other]


def test_a_language_that_does_not_exist_is_not_told(client, journal):
    make_article(journal, en=None, live_in=("fr",))
    head = head_at(client, FRENCH)
    assert said(head, "og:locale") == ["fr_FR"]
    assert said(head, "og:locale:alternate") == []


def test_an_article_is_an_article_and_the_front_page_a_website(client, journal):
    make_article(journal)
    assert said(head_at(client, FRENCH), "og:type") == ["article"]
    assert said(head_at(client, "/fr/"), "og:type") == ["website"]


def test_other_pages_are_described_by_what_opens_them(client, journal):
    make_topic(journal, description_fr="Le temps qu’il fait.", description_en="The weather.")
    make_plain_page(journal, lead_fr="Qui nous sommes.", lead_en="Who we are.")
    assert said(head_at(client, "/fr/thematiques/climat/"), "description") == [
        "Le temps qu’il fait."
    ]
    assert said(head_at(client, "/en/topics/climate/"), "description") == ["The weather."]
    assert said(head_at(client, "/en/about/"), "description") == ["Who we are."]


@pytest.mark.parametrize(
    ("address", "description"),
    [
        ("/fr/auteurs/lea-rochat/", "Diptyque\u00a0: les articles signés Léa Rochat."),
        ("/en/authors/lea-rochat/", "Diptyque: the articles by Léa Rochat."),
        ("/en/topics/climate/", "Diptyque: the articles on “Climate”."),
        ("/en/stories/", "Diptyque: all articles, newest first."),
        ("/en/topics/", "Diptyque: all topics."),
        ("/en/authors/", "Diptyque: everyone who writes for it."),
        ("/en/about/", "Diptyque"),
    ],
)
def test_a_page_that_says_nothing_of_itself_is_described_by_what_it_is(
    client, journal, address, description
):
    make_author(journal, "Léa Rochat")
    make_topic(journal)
    make_plain_page(journal)
    head = head_at(client, address)
    assert said(head, "description") == said(head, "og:description") == [description]


def test_an_author_is_described_by_the_biography_in_words(client, journal):
    make_author(journal, biography_en="<p>Writes on <i>lakes</i>&nbsp;&amp; ice.</p>")
    head = head_at(client, "/en/authors/lea-rochat/")
    assert said(head, "description") == ["Writes on lakes\u00a0& ice."]


def test_a_long_description_ends_with_a_whole_word(client, journal):
    make_article(journal, lead_en="Ice " * 120)
    (description,) = said(head_at(client, ENGLISH), "description")
    assert len(description) <= 200 and description.endswith("Ice…")


def test_the_front_page_is_called_what_the_journal_is(client, journal):
    settings = JournalSettings.for_site(journal.site)
    settings.tagline_fr = "Le journal en deux langues"
    settings.save()
    assert title(head_at(client, "/fr/")) == "Diptyque – Le journal en deux langues"
    assert title(head_at(client, "/en/")) == "Diptyque"


def test_an_article_tells_its_dates_people_and_topics(client, journal):
    author, topic = make_author(journal), make_topic(journal)
    hidden = make_topic(journal, "Caché", "Hidden", live_in=("fr",))
    article = publish_draft(
        make_article(journal, authors=[author], topics=[topic, hidden]), lead_en="Corrected."
    )
    head = head_at(client, ENGLISH)
    assert [parse_datetime(each) for each in said(head, "article:published_time")] == [
        article.first_public_at_en.replace(microsecond=0)
    ]
    assert [parse_datetime(each) for each in said(head, "article:modified_time")] == [
        article.updated_at_en.replace(microsecond=0)
    ]
    assert said(head, "article:author") == ["http://testserver/en/authors/lea-rochat/"]
    assert said(head, "article:section") == said(head, "article:tag") == ["Climate"]
    assert said(head_at(client, FRENCH), "article:modified_time") == []


@pytest.mark.rare
def test_a_shared_link_shows_the_main_picture_cut_to_fit(
    client, journal, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        make_article(journal, hero_image=make_image(width=1300, height=1300))
    head = head_at(client, ENGLISH)
    (url,) = said(head, "og:image")
    assert url.startswith("http://testserver/media/") and "fill-1200x630" in url
    assert said(head, "og:image:width") == ["1200"]
    assert said(head, "og:image:height") == ["630"]
    assert said(head, "og:image:alt") == ["A frozen lake"]
    assert said(head, "twitter:card") == ["summary_large_image"]
    assert said(head, "twitter:image") == [url]


def test_a_page_without_a_picture_shows_that_of_the_theme(client, journal):
    make_article(journal)
    head = head_at(client, ENGLISH)
    assert said(head, "og:image") == ["http://testserver/static/diptych/share.png"]
    assert said(head, "og:image:type") == ["image/png"]
    assert finders.find("diptych/share.png")


@pytest.mark.rare
def test_a_list_is_shared_with_the_picture_of_what_opens_it(
    client, journal, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        image = make_image(width=1300, height=900, alt_en="Ice floes")
        make_article(journal, hero_image=image, topics=[make_topic(journal)])
    for address in ("/en/", "/en/topics/climate/"):
        head = head_at(client, address)
        assert "fill-1200x630" in said(head, "og:image")[0]
        assert said(head, "og:image:alt") == ["Ice floes"]


def test_the_browser_is_told_the_colour_of_the_paper(client, journal):
    links = head_at(client, "/en/").select("meta[name=theme-color]")
    assert [each["media"] for each in links] == [
        "(prefers-color-scheme: light)",
        "(prefers-color-scheme: dark)",
    ]
    assert len({each["content"] for each in links}) == 2


def test_words_with_quotation_marks_stay_words(client, journal):
    sly = '"><script>alert(1)</script> & <b>'
    make_article(journal, meta_title_en=sly, meta_description_en=sly)
    head = head_at(client, ENGLISH)
    assert title(head).endswith("><script>alert(1)</script> & <b> – Diptyque")
    printed = sly.replace('"', "“")
    assert said(head, "og:title") == said(head, "description") == [printed]
    assert all(script.get("src") or "alert(1)<" not in script.text for script in head("script"))
