"""A repeated search is answered from memory, until a text that it could find changes."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from diptych.articles.caching import storage
from diptych.articles.caching.models import RenderedAddress
from diptych.articles.models import ArticlePage
from diptych.articles.search import vocabulary
from tests.articles.languages.caches import install_frontend_cache
from tests.factories import make_article, make_journal, make_topic, publish_draft

pytestmark = pytest.mark.usefixtures("committed")

SEARCH = "/en/search/?q=lake"


@pytest.fixture
def asked(article, ask, rendered):
    """Ask for an address; returns the content and whether it was rendered for this."""

    def answer(path, **headers):
        rendered()
        response = ask(path, **headers)
        assert response.status_code == 200
        return response.content.decode(), bool(rendered())

    return answer


def test_a_repeated_search_is_not_rendered(asked):
    first, is_rendered = asked(SEARCH)
    assert is_rendered and "freezes" in first
    assert asked(SEARCH) == (first, False)
    assert len(storage.typed.entries) == 1


@pytest.mark.parametrize(
    "spelt", ["?q=+lake++", "?utm_x=1&q=lake", "?q=lake&topic=", "?q=other&q=lake", "?q=%6Cake"]
)
def test_ways_to_spell_a_search_share_a_page(asked, spelt):
    first, _is_rendered = asked(SEARCH)
    assert asked(f"/en/search/{spelt}") == (first, False)


@pytest.mark.parametrize("other", ["?q=Lake", "?q=lake&year=2020", "?q=lakes", "?q=lake&page=1"])
def test_other_searches_have_pages_of_their_own(asked, client, other):
    asked(SEARCH)
    storage.typed.clear()
    alone = client.get(f"/en/search/{other}")
    asked(SEARCH)
    assert client.get(f"/en/search/{other}").content == alone.content
    assert f'value="{other[3:].partition("&")[0]}"' in alone.content.decode()


def test_filters_are_part_of_the_search(asked, article):
    journal = make_journal()
    topic = make_topic(journal)
    make_article(journal, "Un lac", "Another lake", topics=[topic])
    assert "freezes" in asked(SEARCH)[0]
    filtered = f"{SEARCH}&topic={topic.pk}"
    found, _is_rendered = asked(filtered)
    assert "Another" in found and "freezes" not in found
    assert asked(filtered) == (found, False)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_text_that_changes_is_found_at_once(asked, article, language):
    """In the other language as well, where the page says how many results there are."""
    asked(SEARCH)
    publish_draft(article, **{f"headline_{language}": "A thawing lake"})
    found, is_rendered = asked(SEARCH)
    assert is_rendered
    assert ("thawing" in found) == (language == "en")
    assert ("1 result in French too" in found) == (language == "fr")


@pytest.mark.rare
def test_what_is_unpublished_or_becomes_private_is_gone(asked, article):
    other = make_article(make_journal(), "Un lac", "Another lake")
    assert "Another" in asked(SEARCH)[0]
    PageViewRestriction.objects.create(page=other, restriction_type="login")
    assert "Another" not in asked(SEARCH)[0]
    ArticlePage.objects.get(pk=article.pk).unpublish()
    assert "freezes" not in asked(SEARCH)[0]


@pytest.mark.rare
def test_words_are_counted_after_the_publication(asked, article):
    """What is searched beside a word depends on its count, which is written later."""
    asked(SEARCH)
    vocabulary.update_counts({"en": ([], ["freezes"])})
    assert asked(SEARCH)[1]
    vocabulary.replace_counts("en", {}, {})
    assert asked(SEARCH)[1]


@pytest.mark.rare
def test_a_draft_changes_nothing(asked, article):
    first, _is_rendered = asked(SEARCH)
    article.headline_en = "A secret lake"
    article.save_revision()
    assert asked(SEARCH) == (first, False)


@pytest.mark.rare
def test_made_up_searches_displace_no_pages(asked, article, ask, monkeypatch, pages_on_disk):
    monkeypatch.setattr(storage, "typed", storage.Memory(40_000))
    url = article.url_in("en")
    asked(url)
    for number in range(12):
        asked(f"/en/search/?q=made{number}")
    assert 0 < len(storage.typed.entries) < 12
    assert storage.typed.size <= 40_000
    assert len(storage.memory.entries) == 1
    assert not asked(url)[1]
    storage.memory.clear()
    storage.typed.clear()
    assert not asked(url)[1]  # from the disk, on which no search is
    assert asked("/en/search/?q=made11")[1]


@pytest.mark.rare
def test_an_answer_for_somebody_is_not_kept(asked, client):
    _first, is_rendered = asked(SEARCH, cookie="sessionid=abc")
    assert not is_rendered and not storage.typed.entries


@pytest.mark.parametrize("odd", ["topic=abc", "page=0", "year=99999999999999", "page=x"])
@pytest.mark.rare
def test_what_the_view_makes_sense_of_itself_is_not_kept(article, ask, odd):
    ask(f"{SEARCH}&{odd}")
    assert not storage.typed.entries


@pytest.mark.rare
def test_bytes_that_are_not_encoded_find_what_they_say(article):
    make_article(make_journal(), "L’été", "Été in the hills")
    response = Client().get("/en/search/", QUERY_STRING="q=été".encode().decode("latin-1"))
    assert "in the hills" in response.content.decode()
    assert not storage.typed.entries


@pytest.mark.rare
def test_caches_in_front_store_no_search(article, ask, monkeypatch):
    install_frontend_cache(monkeypatch)
    for _each in range(2):
        assert ask(SEARCH)["Cache-Control"] == "max-age=0, s-maxage=0"
    assert not RenderedAddress.objects.filter(address__contains="search").exists()
