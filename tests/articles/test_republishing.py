"""The text of an article to copy, for those who may republish it under the journal's licence."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from diptych.articles.languages.publication.service import unpublish_languages
from diptych.articles.models import JournalSettings
from tests.factories import blocks, make_article, make_author, make_image, paragraphs, write_draft
from tests.kept import statements_of, warm_up
from tests.reading import page_at

ENGLISH, FRENCH = "/en/stories/the-lake-freezes/", "/fr/articles/le-lac-gele/"
TO_COPY = f"{ENGLISH}republish/"


@pytest.fixture
def journal(journal):
    settings = JournalSettings.for_site(journal.site)
    settings.licence = "CC BY 4.0"
    settings.licence_url = "https://creativecommons.org/licenses/by/4.0/"
    settings.save()
    return journal


def copied(client, url=TO_COPY):
    return BeautifulSoup(page_at(client, url).select_one("textarea[readonly]").text, "lxml")


def full_article(journal):
    picture = make_image(width=64, height=48)
    return make_article(
        journal,
        authors=[make_author(journal)],
        hero_image=picture,
        body_en=blocks(
            ("heading", {"text": "On the ice", "level": "h2"}),
            ("paragraph", '<p>It is <b>cold</b> &amp; <a href="/en/">here</a>.</p>'),
            ("paragraph", "<p>A claim.<footnote>Its source.</footnote></p><ul><li>One</li></ul>"),
            ("quotation", {"text": "Said", "attribution": "Somebody"}),
            ("image", {"image": picture.pk, "alt": "A lake", "caption": "In winter"}),
        ),
    )


def test_the_text_is_plain_and_says_where_it_comes_from(client, journal):
    full_article(journal)
    text = copied(client)
    assert text.h1.text == "The lake freezes" and text.h2.text == "On the ice"
    assert text.b.text == "cold" and text.li.text == "One" and text.blockquote
    assert "By Léa Rochat" in text.text and "Its source." in text.text
    assert "In winter" not in text.text and not text.select(
        "img, figure img, script, [class], [id]"
    )
    links = {link["href"] for link in text.select("a[href]")}
    assert all(link.startswith(("http://testserver/", "https://creative")) for link in links)
    end = " ".join(text.select("p")[-1].text.split())
    assert end.startswith("First published in Diptyque, ")
    assert end.endswith(f": http://testserver{ENGLISH} (CC BY 4.0)")


def test_search_engines_are_led_to_the_article(client, journal):
    full_article(journal)
    page = page_at(client, TO_COPY)
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert page.select_one("link[rel=canonical]")["href"] == f"http://testserver{ENGLISH}"
    assert not page.select("link[rel=alternate][hreflang]")
    assert page.select_one("label[for=republish-html]")
    assert "Pictures are left out" in page.text
    assert page_at(client, ENGLISH).select_one(f".reuse a[href='{TO_COPY}'][rel=nofollow]")


def test_each_language_has_its_own_text(client, journal):
    make_article(journal)
    page = page_at(client, f"{FRENCH}republish/")
    assert page.textarea.text.startswith("<h1>Le lac gèle</h1>\n<p><strong>Chapeau")
    text = page.select_one("textarea").text
    assert page.html["lang"] == "fr" and "Publié d’abord dans Diptyque, " in text
    assert "Texte de Le lac gèle." in text and "Text of" not in text
    assert "Les images" not in page.select_one(".republish").text


def test_a_text_that_looks_like_markup_stays_a_text(client, journal):
    headline = "</textarea><script>alert(1)</script>"
    make_article(journal, en=headline, url_slug_en="odd", lead_en="A.", body_en=paragraphs("B."))
    response = client.get("/en/stories/odd/republish/")
    assert b"<script>alert" not in response.content
    text = BeautifulSoup(response.content, "lxml").select_one("textarea").text
    assert BeautifulSoup(text, "lxml").h1.text == headline


def test_without_a_licence_nothing_is_offered(client, journal):
    settings = JournalSettings.for_site(journal.site)
    settings.licence = ""
    settings.save()
    make_article(journal)
    assert client.get(TO_COPY).status_code == 404
    assert b"republish/" not in client.get(ENGLISH).content


def test_nothing_is_offered_where_not_everybody_may_read(client, journal):
    article = make_article(journal)
    write_draft(article, lead_en="Secret.")
    assert "Secret" not in page_at(client, TO_COPY).text
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    answer = client.get(TO_COPY)
    assert answer.status_code == 302 and "/login/" in answer["Location"]
    PageViewRestriction.objects.all().delete()

    unpublish_languages(article, ["en"])
    assert client.get(TO_COPY).status_code == 404
    assert client.get(f"{FRENCH}republish/").status_code == 200
    assert client.get(f"{ENGLISH}republish/more/").status_code == 404


@pytest.mark.scale
def test_its_queries_do_not_grow_with_the_text(client, journal):
    def queries(number):
        names = [f"Other {number} {place}" for place in range(number)]
        linked = [make_article(journal, name, name) for name in names]
        links = [f'<a linktype="page" id="{each.pk}">Other</a>' for each in linked]
        texts = [("paragraph", f"<p>{link}</p>") for link in links]
        make_article(journal, f"Lac {number}", f"Lake {number}", body_en=blocks(*texts))
        url = f"/en/stories/lake-{number}/republish/"

        def ask():
            assert client.get(url).status_code == 200

        warm_up(ask)
        return len(statements_of(ask))

    assert queries(1) == queries(8)


def test_the_translator_is_named_and_notes_lead_nowhere(client, journal):
    draft = make_article(journal, "Brouillon", "Draft", live_in=())
    text = (
        "<p>A claim.<footnote>Its source.</footnote></p>"
        f'<p>See <a linktype="page" id="{draft.pk}">this</a>.</p>'
    )
    translator = make_author(journal, "Nadia")
    make_article(journal, body_en=blocks(("paragraph", text)), translator_en=translator)
    found = copied(client)
    assert "Translated by Nadia" in found.text
    assert "Its source." in found.text and found.sup.text == "1" and "↩" not in found.text
    assert [link["href"] for link in found.select("a")] == [
        f"http://testserver{ENGLISH}",
        "https://creativecommons.org/licenses/by/4.0/",
    ]
