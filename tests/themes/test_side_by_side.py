"""An article in two languages, one beside the other."""

import uuid

import pytest
from wagtail.models import PageViewRestriction

from diptych.articles.blocks.alignment import aligned, same_type
from diptych.articles.languages.publication.service import unpublish_languages
from tests.articles.admin.html import soup
from tests.factories import blocks, make_article, make_image, publish_confirmed, publish_draft
from tests.kept import statements_of, warm_up

pytestmark = pytest.mark.django_db

ENGLISH, FRENCH = "/en/stories/the-lake-freezes/", "/fr/articles/le-lac-gele/"
BESIDE, MIRRORED = f"{ENGLISH}en-fr/", f"{FRENCH}fr-en/"


def translated(*texts):
    """`(type, French, English)` of each block as two bodies whose blocks share their ids."""
    ids = [str(uuid.uuid4()) for _each in texts]
    return [
        [
            {"type": kind, "value": values[number], "id": key}
            for key, (kind, *values) in zip(ids, texts, strict=True)
        ]
        for number in (0, 1)
    ]


def article_with(journal, *texts, **values):
    french, english = translated(*texts)
    return make_article(journal, body_fr=french, body_en=english, **values)


def page_at(client, address):
    return soup(client.get(address))


def pairs_in(page):
    return [
        tuple(side.get_text(" ", strip=True) for side in pair.select(".pair__here, .pair__there"))
        for pair in page.select(".pair:has(> .prose)")
    ]


def test_paragraphs_stand_beside_their_translations(client, journal):
    article_with(
        journal,
        ("paragraph", "<p>Il fait froid.</p>", "<p>It is cold.</p>"),
        ("paragraph", "<p>La glace tient.</p>", "<p>The ice holds.</p>"),
    )
    page = page_at(client, BESIDE)
    assert page.html["lang"] == "en"
    assert pairs_in(page) == [
        ("It is cold.", "Il fait froid."),
        ("The ice holds.", "La glace tient."),
    ]
    assert {side["lang"] for side in page.select(".pair__there")} == {"fr"}
    assert page.h1.text == "The lake freezes"
    assert "Le lac gèle" in page.select_one(".pair__there").text
    assert pairs_in(page_at(client, MIRRORED))[0] == ("Il fait froid.", "It is cold.")


def test_search_engines_are_led_to_the_article_alone(client, journal):
    make_article(journal)
    page = page_at(client, BESIDE)
    assert page.find("link", rel="canonical")["href"] == f"http://testserver{ENGLISH}"
    assert not page.find_all("link", hreflang=True, rel="alternate")
    assert not page.find("script", type="application/ld+json")
    assert "en-fr" not in client.get("/sitemap.xml").content.decode()


def test_the_article_leads_there_and_back(client, journal):
    make_article(journal)
    link = page_at(client, ENGLISH).find("a", href=BESIDE)
    assert link.text == "Read side by side: English and French"
    back = page_at(client, BESIDE).select(".side-by-side__alone a")
    assert [(each["href"], each["hreflang"]) for each in back] == [(ENGLISH, "en"), (FRENCH, "fr")]


def test_a_text_that_is_not_live_is_nowhere(client, journal):
    article = make_article(journal, live_in=("en",))
    page = client.get(ENGLISH).content.decode()
    assert "en-fr" not in page
    response = client.get(BESIDE)
    assert (response.status_code, response["Location"]) == (302, ENGLISH)
    assert client.get(MIRRORED).status_code == 404
    publish_confirmed(article, ("fr",))
    assert client.get(BESIDE).status_code == 200
    unpublish_languages(article, ["fr"])
    response = client.get(BESIDE)
    assert (response.status_code, response["Location"]) == (302, ENGLISH)


def test_a_draft_of_the_other_language_is_not_read(client, journal):
    article = make_article(journal)
    article.headline_fr = "Un titre à relire"
    article.save_revision()
    assert "Un titre à relire" not in client.get(BESIDE).content.decode()


def test_visitors_do_not_read_a_private_article_beside(client, journal):
    article = make_article(journal)
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(BESIDE).status_code == 302
    assert "login" in client.get(BESIDE)["Location"]


@pytest.mark.parametrize("end", ["fr-en", "en-en", "en-de", "en-fr/more", "fr", "en-fr-"])
def test_other_addresses_do_not_answer(client, journal, end):
    make_article(journal)
    assert client.get(f"{ENGLISH}{end}/").status_code == 404


def test_a_picture_of_both_is_shown_once_with_both_captions(client, journal):
    image = make_image(width=64, height=48, caption_fr="Le port", caption_en="The harbour")
    picture = {"image": image.pk}
    article_with(
        journal,
        ("image", picture, picture),
        ("paragraph", "<p>Texte.</p>", "<p>Text.</p>"),
        hero_image=image,
    )
    page = page_at(client, BESIDE)
    figures = page.select("figure")
    assert len(figures) == 2
    for figure in figures:
        assert figure.img["alt"] == "A frozen lake"
        caption = figure.figcaption
        assert "The harbour" in caption.text
        assert caption.find(lang="fr").text == "Le port"


def test_a_film_of_both_is_shown_once_with_both_titles(client, journal):
    address = "https://www.youtube.com/watch?v=x"
    french, english = ({"embed": address, "title": title} for title in ("La glace", "The ice"))
    article_with(journal, ("embed", french, english))
    [film] = page_at(client, BESIDE).select(".side-by-side__once")
    assert len(film.select(".embed")) == 1
    assert film.select_one(".embed__title").text == "The ice"
    assert film.find(lang="fr").text == "La glace"


def test_notes_of_each_text_have_anchors_of_their_own(client, journal):
    note = "<p>{}<footnote> {}</footnote></p>"
    article_with(
        journal,
        ("paragraph", note.format("Froid.", "Vraiment."), note.format("Cold.", "Really.")),
    )
    page = page_at(client, BESIDE)
    ids = [each["id"] for each in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for sign in page.select(".call__link"):
        assert page.find(id=sign["href"].removeprefix("#")) is not None
    notes = page.select(".footnotes__note")
    assert [each["id"] for each in notes] == ["note_1", "note_fr-1"]
    assert "Vraiment." in notes[1].text


def test_links_in_the_other_text_lead_to_its_language(client, journal):
    other = make_article(journal, "Le dégel", "The thaw")
    link = f'<p><a linktype="page" id="{other.pk}">voir</a></p>'
    article_with(journal, ("paragraph", link, link))
    page = page_at(client, BESIDE)
    found = [each["href"] for each in page.select(".prose a")]
    assert found == ["/en/stories/the-thaw/", "/fr/articles/le-degel/"]


def test_a_body_that_was_written_apart_is_paired_by_kind(client, journal):
    french = blocks(
        ("heading", {"text": "Un", "level": "h2"}),
        ("paragraph", "<p>Premier.</p>"),
        ("paragraph", "<p>De plus.</p>"),
        ("heading", {"text": "Deux", "level": "h2"}),
        ("paragraph", "<p>Dernier.</p>"),
    )
    english = blocks(
        ("heading", {"text": "One", "level": "h2"}),
        ("paragraph", "<p>First.</p>"),
        ("heading", {"text": "Two", "level": "h2"}),
        ("paragraph", "<p>Last.</p>"),
    )
    make_article(journal, body_fr=french, body_en=english)
    pairs = [(here.rstrip(" #\xa0"), there) for here, there in pairs_in(page_at(client, BESIDE))]
    assert ("Two", "Deux") in pairs and ("Last.", "Dernier.") in pairs
    french = sorted(there for _here, there in pairs)
    assert french == ["De plus.", "Dernier.", "Deux", "Premier.", "Un"]


def test_every_block_is_paired_once_and_in_order():
    here = [{"type": "paragraph", "id": each} for each in "abcde"]
    there = [{"type": "paragraph", "id": each} for each in "axcye"] + [{"type": "image", "id": "z"}]
    pairs = list(aligned(here, there))
    assert pairs == [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (None, 5)]
    long = [{"type": kind} for kind in ("paragraph", "image", "heading") * 200]
    one_more = [{"type": "table"}, *long]
    pairs = [(n, n + 1) for n in range(len(long))]
    assert list(aligned(long, one_more, keys=(same_type,))) == [(None, 0), *pairs]


def test_its_queries_do_not_grow_with_the_text(client, journal):
    def queries():
        def ask():
            assert client.get(BESIDE).status_code == 200

        warm_up(ask)
        return len(statements_of(ask))

    picture = {"image": make_image(width=64, height=48).pk}
    article = article_with(journal, ("image", picture, picture))
    few = queries()
    assert few <= 16
    pictures = [
        ("image", *2 * [{"image": make_image(width=64, height=48).pk}]) for _each in range(5)
    ]
    french, english = translated(*pictures)
    publish_draft(article, body_fr=french, body_en=english)
    assert queries() == few
