"""The example of a client of the API, a page of plain JavaScript, with the running journal."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "article-in-two-languages.html"
#: What the example makes of some blocks.
SHOWN = {
    "heading": "h2",
    "quotation": "blockquote",
    "note": "aside",
    "image": "figure img",
    "embed": "p > a[href^='https://']",
    "table": "table td",
}


@pytest.fixture
def example(new_page, server):
    """A window in which the example stands beside the journal, as on the same host."""
    page = new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    html = EXAMPLE.read_text()
    page.route(
        f"{server}/example/**", lambda route: route.fulfill(body=html, content_type="text/html")
    )
    return page


def number_of(page, server, headline):
    answer = page.request.get(f"{server}/en/api/articles/", params={"search": headline}).json()
    return answer["items"][0]["id"]


def test_it_shows_an_article_in_both_languages(example, server, subtests):
    pk = number_of(example, server, "The closed bridge")
    example.goto(f"/example/?id={pk}")
    for language, headline, text in (
        ("en", "The closed bridge", "Text of The closed bridge."),
        ("fr", "Le pont fermé", "Texte de Le pont fermé."),
    ):
        with subtests.test(language):
            article = example.locator(f"article[lang={language}]")
            expect(article.locator("h1")).to_have_text(headline)
            expect(article).to_contain_text(text)
            assert f"/{language}/" in article.locator("h1 a").get_attribute("href")
    expect(example.locator("article")).to_have_count(2)
    assert example.problems == []


def test_it_shows_every_kind_of_block(example, server):
    pk = number_of(example, server, "All that an article can show")
    example.goto(f"/example/?id={pk}")
    article = example.locator("article[lang=en]")
    answer = example.request.get(f"{server}/en/api/articles/{pk}/").json()
    for kind, name in SHOWN.items():
        assert any(block["type"] == kind for block in answer["body"]), kind
        expect(article.locator(name).first).to_be_visible()
    expect(article.locator("figure img").first).to_have_attribute("alt", "A frozen lake")
    assert example.problems == []


def test_it_says_what_the_api_says(example):
    example.goto("/example/?id=999999")
    expect(example.get_by_role("alert")).to_contain_text("No ArticlePage")
