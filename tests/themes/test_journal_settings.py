"""What the journal says of itself on its pages: in each language, and for each site its own."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from diptych.articles.models import JournalSettings
from tests.factories import make_article, make_journal
from tests.tiers import one_of, one_row_of

pytestmark = pytest.mark.django_db

ELSEWHERE = "gazette.example"

HERE = {
    "name_fr": "Le Passage",
    "name_en": "The Crossing",
    "tagline_fr": "D’une langue à l’autre",
    "tagline_en": "From one language to another",
    "footer_text_fr": "Imprimé à Genève.",
    "footer_text_en": "Printed in Geneva.",
}
THERE = {
    "name_fr": "La Gazette",
    "name_en": "The Gazette",
    "tagline_fr": "Chaque matin",
    "tagline_en": "Every morning",
    "footer_text_fr": "Imprimé à Lausanne.",
    "footer_text_en": "Printed in Lausanne.",
}


def settle(site, link, **texts):
    links = json.dumps([{"type": "link", "value": {"label": link, "url": f"https://{link}/"}}])
    settings = JournalSettings.for_site(site)
    for name, value in {**texts, "social_links": links}.items():
        setattr(settings, name, value)
    settings.save()


@pytest.fixture
def sites():
    here, there = make_journal(), make_journal(ELSEWHERE)
    settle(here.site, "here.social.example", **HERE)
    settle(there.site, "there.social.example", **THERE)
    return here, there


def page_at(client, address, host="testserver"):
    response = client.get(address, headers={"host": host})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def told(page):
    """What a front page says of its journal."""
    return {
        "name": page.select_one("h1.header__name").text.strip(),
        "tagline": page.select_one(".header__tagline").text.strip(),
        "foot": page.select_one(".footer__name").text.strip(),
        "footer_text": page.select_one(".footer__about").text.strip(),
        "links": [(link.text, link["href"]) for link in page.select(".footer a[rel=me]")],
        "title": page.title.text.split(" – ")[0],
    }


@pytest.mark.parametrize("language", one_of(["fr", "en"], "matrix"))
@pytest.mark.parametrize(
    ("host", "texts", "link"),
    [
        ("testserver", HERE, "here.social.example"),
        (ELSEWHERE, THERE, "there.social.example"),
    ],
)
def test_each_site_speaks_for_itself_in_each_language(client, sites, language, host, texts, link):
    name = texts[f"name_{language}"]
    assert told(page_at(client, f"/{language}/", host)) == {
        "name": name,
        "tagline": texts[f"tagline_{language}"],
        "foot": name,
        "footer_text": texts[f"footer_text_{language}"],
        "links": [(link, f"https://{link}/")],
        "title": name,
    }


@pytest.mark.parametrize(
    ("address", "name", "text"),
    one_row_of(
        [
            ("/fr/articles/le-lac-gele/", "Le Passage", "Imprimé à Genève."),
            ("/en/stories/the-lake-freezes/", "The Crossing", "Printed in Geneva."),
            ("/fr/search/", "Le Passage", "Imprimé à Genève."),
        ],
        "rare",
    ),
)
def test_it_stands_on_every_page(client, sites, address, name, text):
    make_article(sites[0])
    page = page_at(client, address)
    assert page.select_one(".header__name").text.strip() == name
    assert page.select_one(".footer__about").text == text
    assert page.select_one(".footer a[rel=me]").text == "here.social.example"
    assert page.title.text.endswith(f" – {name}")


def test_a_language_without_words_borrows_none(journal, client):
    settle(journal.site, "here.social.example", name_fr="Le Passage", footer_text_fr="Ici.")
    page = page_at(client, "/en/")
    assert page.select_one("h1.header__name").text.strip() == "Diptyque"
    assert page.select_one(".footer__about") is None
    assert page_at(client, "/fr/").select_one(".footer__about").text == "Ici."


def test_what_the_form_saves_is_what_readers_see(admin, sites):
    here, _there = sites
    link = ("link", {"label": "Fédiverse", "url": "https://new.example/"})
    address = reverse("wagtailsettings:edit", args=("diptych", "journalsettings", here.site.pk))
    form = {**HERE, "footer_text_fr": "Déménagé.", "social_links": streamfield([link])}
    form["menu_topics"] = streamfield([])
    form |= {"related_count": "3", "alt_checks": "warn", "share_links": ["mail"]}
    assert admin.post(address, nested_form_data(form)).status_code == 302
    page = page_at(admin, "/fr/")
    assert page.select_one(".footer__about").text == "Déménagé."
    assert [(each.text, each["href"]) for each in page.select(".footer a[rel=me]")] == [
        ("Fédiverse", "https://new.example/")
    ]
    other = page_at(admin, "/fr/", ELSEWHERE)
    assert other.select_one(".footer__about").text == "Imprimé à Lausanne."
