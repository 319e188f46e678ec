"""What the head of a page tells browsers, search engines and other sites, in its language."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import make_article, make_author, make_journal, make_plain_page, make_topic

pytestmark = pytest.mark.django_db

FRENCH, ENGLISH = "/fr/articles/le-lac-gele/", "/en/stories/the-lake-freezes/"


@pytest.fixture
def journal():
    return make_journal()


def head_at(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").head


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
    page = BeautifulSoup(client.get(ENGLISH).content, "html.parser")
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


def test_a_page_that_says_nothing_of_itself_has_no_description(client, journal):
    make_author(journal, "Léa Rochat")
    head = head_at(client, "/fr/auteurs/lea-rochat/")
    assert said(head, "description") == said(head, "og:description") == []


def test_words_with_quotation_marks_stay_words(client, journal):
    sly = '"><script>alert(1)</script> & <b>'
    make_article(journal, meta_title_en=sly, meta_description_en=sly)
    head = head_at(client, ENGLISH)
    assert title(head) == f"{sly} – Diptyque"
    assert said(head, "og:title") == said(head, "description") == [sly]
    assert not head.find_all("script")
