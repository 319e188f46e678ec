"""Articles that are very long, very short, bare or crowded: nothing breaks and nothing is lost."""

import pytest

from diptych.articles.models import ArticlePage
from tests.factories import blocks, make_article, make_author, make_topic
from tests.reading import page_at, text_of
from tests.themes.test_query_budgets import queries_of

pytestmark = pytest.mark.rare

ENGLISH = "/en/stories/the-lake-freezes/"


def long_body(linked, paragraphs=300, words=200):
    """60,000 words with sections, notes and links to articles."""
    link = f'<a linktype="page" id="{linked}">là</a>'
    found = []
    for number in range(paragraphs):
        if number % 10 == 0:
            found.append(("heading", {"text": f"Section {number}", "level": "h2"}))
        note = f"<footnote> Note de {number}, {link}.</footnote>"
        found.append(("paragraph", f"<p>{'mot ' * words}{link}{note}</p>"))
    return blocks(*found)


def test_sixty_thousand_words_cost_no_more_queries_than_ten(journal, client):
    topic = make_topic(journal)
    other = make_article(journal, "Autre", "Other", topics=[topic])
    body = long_body(other.pk)
    make_article(journal, topics=[topic], body_en=body)
    page = page_at(client, ENGLISH)
    assert len(page.select(".footnotes li")) == 300
    assert len(page.select("nav.contents__box li")) == 30
    assert text_of(page.select_one(".byline__time")) == "265-minute read"
    assert {each["href"] for each in page.select(".prose p > a:not(.call__link)")} == {
        "/en/stories/other/"
    }
    assert queries_of(client, ENGLISH) <= 5


def test_ten_words_and_nothing_else(journal, client):
    make_article(
        journal,
        body_en=blocks(("paragraph", "<p>Ten words and no more than that in this one.</p>")),
    )
    page = page_at(client, ENGLISH)
    empty = (".contents", ".footnotes", ".byline__time", ".neighbours", ".series", ".related")
    assert not [each for each in empty if page.select(each)]
    assert not page.select(".article .page-head ~ .article__wide")


def test_twelve_authors_are_all_named(journal, client):
    names = [f"Maximiliane Freifrau von und zu Lauterbrunnen-Breithorn {n}" for n in range(12)]
    make_article(journal, authors=[make_author(journal, name) for name in names])
    page = page_at(client, ENGLISH)
    assert all(name in text_of(page.select_one("header .byline")) for name in names)
    assert len(page.select(".author-box li")) == 12
    assert not page.select(".author-box img")


@pytest.mark.parametrize("headline", ["Lake " * 39 + "ends.", "L" * 200, "<b>&amp; " * 25])
def test_a_headline_of_two_hundred_characters(journal, client, headline):
    article = make_article(journal, "Long", headline.strip(), topics=[])
    page = page_at(client, article.url_in("en"))
    assert text_of(page.h1) == " ".join(headline.split())
    assert "page-head__title--long" in page.h1["class"]
    assert headline.split()[0][:5] in page.select_one(".share a")["href"] or "%3Cb%3E" in str(page)


def test_a_block_that_is_broken_inside_breaks_no_page(journal, client):
    body = blocks(
        ("paragraph", "<p>Il gèle<footnote> jamais fermé.</p>"),
        (
            "paragraph",
            '<p><a linktype="page" id="abc">x</a><a linktype="page" id="99999">y</a></p>',
        ),
        ("gallery", {"pictures": [{"image": 99999}, {}], "caption": ""}),
        ("image", {"image": None}),
        ("embed", {"embed": "nowhere", "title": "Film"}),
    )
    article = make_article(journal)
    ArticlePage.objects.filter(pk=article.pk).update(body_en=body)
    page = page_at(client, ENGLISH)
    assert "Il gèle" in text_of(page.select_one(".prose"))
    assert not page.select(".prose a[href='']")
