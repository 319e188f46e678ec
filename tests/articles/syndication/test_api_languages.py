"""The API in a language: filters, search, order and bodies, and nothing of another language."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail import hooks
from wagtail.models import PageViewRestriction

from diptych.articles.images.pictures import INLINE
from diptych.articles.lists.article_lists import SEARCH
from diptych.articles.models import SeriesPage
from diptych.themes.pictures.renditions import make_renditions
from tests.factories import (
    blocks,
    make_article,
    make_author,
    make_image,
    make_page,
    make_topic,
    write_draft,
)
from tests.tiers import one_of

SITE = "http://testserver"


@pytest.fixture
def ask(asking):
    return asking("articles")


@pytest.fixture
def headlines(ask):
    def headlines(language="en", **query):
        answer = ask(language=language, **query)
        found = [each["headline"] for each in answer["items"]]
        assert answer["meta"]["total_count"] == len(found)
        return found

    return headlines


@pytest.fixture(params=one_of(["index", "columns"], "rare"))
def search(request, monkeypatch):
    """The readers' search, and a project without it."""
    if request.param == "columns":
        registered = hooks.get_hooks
        monkeypatch.setattr(
            hooks, "get_hooks", lambda name: [] if name == SEARCH else registered(name)
        )
    return request.param


# The language


def test_lang_is_put_before_the_language_of_the_address(journal, client):
    article = make_article(journal)
    for prefix, lang, headline in (
        ("fr", "en", "The lake freezes"),
        ("en", "fr", "Le lac gèle"),
        ("en", "en", "The lake freezes"),
    ):
        for path in ("", f"{article.pk}/"):
            response = client.get(f"/{prefix}/api/articles/{path}", {"lang": lang})
            answer = response.json()
            found = answer if path else answer["items"][0]
            assert (found["headline"], found["meta"]["language"]) == (headline, lang)
            assert response.headers["Content-Language"] == lang


@pytest.mark.parametrize("lang", ["de", "", "fr-CH", "EN", "fr\0"])
def test_a_language_that_is_none_is_refused_in_words(journal, ask, lang):
    article = make_article(journal)
    for path in ("", f"{article.pk}/"):
        assert ask(path, status=400, lang=lang) == {"message": "lang must be one of fr, en"}


def test_a_page_that_is_not_live_in_the_language_is_named_by_no_text(journal, client):
    french = make_article(journal, "Seul", "Secret", live_in=("fr",))
    response = client.get(f"/fr/api/articles/{french.pk}/", {"lang": "en"})
    assert response.status_code == 404
    assert "Seul" not in response.text and "Secret" not in response.text


# What does not show through


def test_nothing_of_other_languages_drafts_or_private_pages_shows_through(
    journal, client, headlines, search
):
    topic, author = make_topic(journal), make_author(journal)
    values = {"topics": [topic], "authors": [author]}
    make_article(journal, "Seul", "Zyzzyva", live_in=("fr",), **values)
    hidden = make_article(journal, "Caché", "Zyzzyva hidden", **values)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    make_article(journal, "Brouillon", "Zyzzyva draft", live_in=(), **values)
    known = make_article(journal, "Connu", "Known", **values)
    write_draft(known, headline_en="Zyzzyva newer", lead_en="Zyzzyva", body_fr=blocks())
    assert headlines(search="Zyzzyva") == []
    assert headlines(search="Zyzzyva", language="fr") == []
    assert headlines(search="Known") == ["Known"]
    assert headlines(search="Connu") == []
    for query in (
        {"topic": topic.pk},
        {"author": author.pk},
        {"published_after": "2000-01-01"},
        {"order": "published_at"},
        {"order": "-published_at", "topic": topic.pk, "search": "Known"},
    ):
        assert headlines(**query) == ["Known"]
        whole = client.get("/en/api/articles/", {**query, "fields": "*"}).text
        assert "Zyzzyva" not in whole and "Connu" not in whole


UNKNOWN = [
    {"headline": "Known"},
    {"headline_fr": "Connu"},
    {"title": "Connu"},
    {"slug": "connu"},
    {"is_public_fr": "1"},
    {"order": "headline"},
    {"order": "title_fr"},
    {"order": "random"},
    {"fields": "headline_fr"},
    {"fields": "title"},
    {"search_operator": "or"},
    {"locale": "fr"},
    {"published_after": "yesterday"},
    {"published_before": "2026-02-30"},
    {"published_before": "0001-01-01T00:00:00+14:00"},
    {"published_before": "2026-01-01T00:00:00Zx"},
    {"rich_text_format": "markdown"},
    {"series": "1"},
    {"search": "a\0b"},
    {"limit": "-1"},
]


def test_what_it_does_not_know_is_refused(journal, ask, subtests):
    make_article(journal, "Connu", "Known")
    for query in UNKNOWN:
        with subtests.test(**query):
            assert ask(status=400, **query)["message"]


def test_what_is_written_for_a_list_is_refused_for_one_article(journal, ask):
    article = make_article(journal)
    assert ask(f"{article.pk}/", status=400, search="lake")["message"]


def test_a_topic_that_is_not_visible_in_the_language_is_no_filter(journal, ask):
    topic = make_topic(journal, live_in=("fr",))
    make_article(journal, topics=[topic])
    assert ask(status=400, topic=topic.pk) == {"message": "there is no such topic"}
    assert ask(topic=topic.pk, lang="fr")["meta"]["total_count"] == 1


# Filters, search and order


@pytest.mark.rare
def test_dates_series_and_order(journal, headlines, ask):
    series = make_page(SeriesPage, journal.home, "Lacs", "Lakes")
    for day in (1, 2, 3):
        date = datetime(2026, 1, day, 12, tzinfo=UTC)
        values = {"publication_date": date, "series": series if day != 2 else None}
        make_article(journal, f"Jour {day}", f"Day {day}", series_part=day, **values)
    assert headlines(order="published_at") == ["Day 1", "Day 2", "Day 3"]
    assert headlines(order="-published_at") == headlines() == ["Day 3", "Day 2", "Day 1"]
    second = ask(order="published_at", offset=1, limit=1)["items"]
    assert [each["headline"] for each in second] == ["Day 2"]
    assert ask(order="published_at", offset=5)["items"] == []
    assert headlines(published_after="2026-01-02") == ["Day 3", "Day 2"]
    assert headlines(published_before="2026-01-02T12:00:00Z") == ["Day 1"]
    assert headlines(
        published_after="2026-01-02T13:00:00+01:00", published_before="2026-01-03"
    ) == ["Day 2"]
    assert headlines(series=series.pk, order="published_at") == ["Day 1", "Day 3"]
    first = ask(series=series.pk, order="published_at")["items"][0]
    assert ask(f"{first['id']}/")["series"] == {
        "id": series.pk,
        "name": "Lakes",
        "html_url": f"{SITE}/en/lakes/",
        "part": 1,
    }


def test_words_are_searched_in_the_language(journal, headlines, search):
    lake, topic = make_topic(journal), make_topic(journal, "Neige", "Snow")
    make_article(journal, "Le lac", "The lake", topics=[lake])
    make_article(journal, "Un lac", "Snow on a lake", topics=[topic])
    assert set(headlines(search="lake")) == {"The lake", "Snow on a lake"}
    assert headlines(search="snow lake") == ["Snow on a lake"]
    assert headlines(search="lake", topic=lake.pk) == ["The lake"]
    assert headlines(search="lake", order="published_at") == ["The lake", "Snow on a lake"]
    assert headlines(search="lac") == headlines(search="") == headlines(search="desert") == []
    assert headlines(search="laek") == []
    assert set(headlines(search="lac", lang="fr")) == {"Le lac", "Un lac"}


# Bodies


def test_a_body_is_its_blocks_in_the_language(journal, ask):
    image = make_image(width=64, height=48)
    make_renditions.func([[str(image.pk), INLINE]])
    linked = make_article(journal, "Lié", "Linked")
    hidden = make_article(journal, "Seul", "Secret", live_in=("fr",))
    link = f'<p>To <a linktype="page" id="{linked.pk}">it</a><footnote> Note</footnote>.</p>'
    secret = f'<p>To <a linktype="page" id="{hidden.pk}">that</a>.</p>'
    body = blocks(
        ("heading", {"text": "Ice", "level": "h2"}),
        ("paragraph", link),
        ("paragraph", secret),
        ("image", {"image": image.pk, "alt": "", "caption": "Here", "decorative": False}),
        ("gallery", {"pictures": [{"image": image.pk}, {"image": image.pk, "alt": "Again"}]}),
        ("article", {"article": linked.pk}),
        ("article", {"article": hidden.pk}),
        ("note", {"title": "Method", "text": "<p>Counted.</p>"}),
    )
    article = make_article(journal, body_en=body, body_fr=body)
    shown = ask(f"{article.pk}/")["body"]
    assert [each["type"] for each in shown] == [
        *("heading", "paragraph", "paragraph", "image", "gallery", "article", "note")
    ]
    assert all(len(each["id"]) == 36 for each in shown)
    heading, paragraph, other, picture, gallery, card, note = (each["value"] for each in shown)
    assert heading == {"text": "Ice", "level": "h2"}
    assert f'<a href="{SITE}/en/stories/linked/">it</a><small>Note</small>' in paragraph
    assert "secret" not in other and "linktype" not in paragraph
    assert picture["image"] == image.pk and picture["alt"] == "A frozen lake"
    assert picture["caption"] == "Here" and picture["url"].startswith("http")
    assert picture["url"] in [each["url"] for each in picture["sizes"]]
    assert [each["alt"] for each in gallery["pictures"]] == ["A frozen lake", "Again"]
    assert card == {
        "article": linked.pk,
        "headline": "Linked",
        "html_url": f"{SITE}/en/stories/linked/",
        "detail_url": f"{SITE}/en/api/articles/{linked.pk}/",
    }
    assert note["text"] == "<p>Counted.</p>"
    french = ask(f"{article.pk}/", lang="fr")["body"]
    assert french[3]["value"]["alt"] == "Un lac gelé"
    assert [each["value"]["headline"] for each in french if each["type"] == "article"] == [
        *("Lié", "Seul")
    ]


def test_rich_text_is_given_as_it_is_stored_where_that_is_asked_for(journal, ask):
    linked = make_article(journal, "Lié", "Linked")
    text = f'<p><a linktype="page" id="{linked.pk}">it</a></p>'
    body = blocks(("paragraph", text), ("article", {"article": linked.pk}))
    article = make_article(journal, body_en=body)
    shown = ask(f"{article.pk}/", rich_text_format="db_html")["body"]
    assert shown[0]["value"] == text
    assert shown[1]["value"]["headline"] == "Linked"


@pytest.mark.scale
def test_a_list_with_every_filter_costs_as_many_queries_for_many_articles(journal, ask):
    topic, author = make_topic(journal), make_author(journal)
    query = {"topic": topic.pk, "author": author.pk, "search": "One", "fields": "*"}

    def queries(number):
        for each in range(number):
            values = {"topics": [topic], "authors": [author]}
            make_article(journal, f"Un {number} {each}", f"One {number} {each}", **values)
        with CaptureQueriesContext(connection) as captured:
            assert len(ask(**query, published_after="2000-01-01")["items"]) >= number
        return len(captured)

    queries(1)
    assert queries(2) == queries(5) <= 25


@pytest.mark.scale
def test_a_body_of_many_blocks_costs_as_many_queries_as_one_of_few(journal, ask):
    linked = [make_article(journal, f"Lié {each}", f"Linked {each}") for each in range(6)]
    images = [make_image(f"Image {each}", width=64, height=48 + each) for each in range(6)]

    def queries(number):
        pairs = [
            (kind, value)
            for page, image in zip(linked[:number], images[:number], strict=True)
            for kind, value in (
                ("article", {"article": page.pk}),
                ("image", {"image": image.pk}),
                ("paragraph", f'<p><a linktype="page" id="{page.pk}">x</a></p>'),
            )
        ]
        article = make_article(journal, f"Long {number}", f"Long {number}", body_en=blocks(*pairs))
        with CaptureQueriesContext(connection) as captured:
            assert len(ask(f"{article.pk}/")["body"]) == 3 * number
        return len(captured)

    queries(1)
    assert queries(2) == queries(6)
