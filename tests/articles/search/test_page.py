"""The search page: results, highlighting, filters, pagination, other languages."""

import re
from functools import partial
from html import unescape

import pytest
from django.core.management import call_command
from wagtail.models import PageViewRestriction

from diptych.articles.search import searching
from tests.articles.search.browsing import filters, links, marked, newest, page_of, results
from tests.factories import BOTH, make_article, make_author, make_journal, make_topic
from tests.kept import read_log, statements_of, warm_up
from tests.tiers import one_of


def test_words_are_marked_as_they_are_written(corpus, reader):
    html = page_of(reader, "glaciers recul")
    assert results(html) == ["le-glacier-du-rhone-recule-encore"]
    assert set(marked(html)) == {"glacier", "recule", "recul"}
    assert "1 article pour" in unescape(html)


def test_inclusive_and_ligatured_words_are_marked_whole(corpus, reader):
    assert "étudiant·e·s" in marked(page_of(reader, "étudiante locataires"))
    assert "œuvre" in marked(page_of(reader, "oeuvres"))


def test_a_phrase_is_marked_as_one(corpus, reader):
    assert marked(page_of(reader, '"trains de nuit"')) == ["trains de nuit"]


def test_the_passage_with_the_words_is_shown_in_its_own_typography(corpus, reader):
    html = page_of(reader, "hectare électricité")
    assert "Il faut 3\u202f000\u00a0mètres cubes d’eau par" in html
    assert marked(html) == ["hectare", "électricité"]


def test_a_rarest_word_that_is_kept_is_said(corpus, reader):
    text = " ".join(unescape(page_of(reader, "Dostoevsky water", "en")).split())
    assert "No article has all of these words." in text
    assert "results without <strong>water</strong>" in text


def test_results_are_narrowed_by_topic_author_and_year(corpus, reader):
    html = page_of(reader, "ans")
    assert len(results(html)) > 1
    for words in ("Climat", "Léa Rochat", "2022"):
        ((address, _current),) = filters(html, words)
        narrowed = reader.get(f"/fr/search/{address}").content.decode()
        assert 0 < len(results(narrowed)) < len(results(html))
        assert set(results(narrowed)) < set(results(html))
        ((back, current),) = filters(narrowed, words)
        assert current
        assert results(reader.get(f"/fr/search/{back}").content.decode()) == results(html)


def test_a_number_beside_a_filter_is_the_number_of_its_results(corpus, reader):
    html = page_of(reader, "ans")
    numbered = re.findall(r'facets__value" href="([^"]*)".*?facets__number">(\d+)<', html, re.S)
    assert numbered
    for address, number in numbered:
        narrowed = reader.get(f"/fr/search/{unescape(address)}")
        assert narrowed.context["articles"].paginator.count == int(number)


def test_the_filters_are_folded_and_name_what_is_chosen(corpus, reader):
    ((address, _current),) = filters(page_of(reader, "ans"), "Climat")
    html = reader.get(f"/fr/search/{address}").content.decode()
    assert re.findall(r"<details[^>]*>", html) == ['<details class="facets__fold">']
    summary = re.search(r"<summary.*?</summary>", html, re.S)[0]
    assert re.sub(r"<[^>]*>", "", summary).split() == ["Filtres", "Climat"]


@pytest.mark.odd
@pytest.mark.parametrize("value", ["x", "-1", "١", "9" * 400, "", "1 or 1=1", "0"])
def test_filters_that_are_none_are_not_obeyed_or_find_nothing(corpus, reader, value):
    for name in ("topic", "author", "year"):
        assert len(results(page_of(reader, "glacier", **{name: value}))) <= 1


def test_a_filter_that_leaves_nothing_can_be_taken_away(corpus, reader):
    html = page_of(reader, "glacier", year="1999")
    assert results(html) == []
    (address,) = links(html, "sans ces filtres")
    assert results(reader.get(f"/fr/search/{address}").content.decode())


def test_the_other_language_says_what_it_has(corpus, reader):
    assert "in French too" not in page_of(reader, "shepherdess", "en")
    for query in ("Lausanne", "Rochat"):
        html = page_of(reader, query, "en")
        count = reader.get("/fr/search/", {"q": query}).context["articles"].paginator.count
        assert count > 1 and f"{count} results in French too" in html
        assert f'<a href="/fr/search/?q={query}" lang="fr" hreflang="fr"' in html


def test_the_other_language_has_no_results_too_where_there_are_none_here(corpus, reader):
    html = page_of(reader, "shepherdess", "fr")
    assert results(html) == []
    assert "1 résultat en anglais." in html


def test_what_was_likely_meant_is_said(corpus, reader):
    text = unescape(page_of(reader, "glaceir", "en"))
    assert "Nothing found for “glaceir”" in text
    assert "<strong>glacier</strong>" in text
    assert results(text) == ["the-rhone-glacier-keeps-shrinking"]
    text = unescape(page_of(reader, "glacier xqzwk", "en"))
    assert "No article contains the word <strong>xqzwk</strong>" in text


def test_nothing_found_is_said(corpus, reader):
    text = unescape(page_of(reader, "xqzwk", "en"))
    assert "Nothing found for “xqzwk”" in text
    assert results(text) == []


@pytest.mark.parametrize("language", one_of(["fr", "en"], "rare"))
def test_where_nothing_is_found_topics_and_the_newest_articles_are_offered(
    journal, reader, language
):
    make_topic(journal, "Eaux", "Waters")
    make_topic(journal, "Brouillon", "Draft", live_in=[])
    one, other = ("fr", "en") if language == "fr" else ("en", "fr")
    make_topic(journal, "Seul", "Alone", live_in=[other])
    for number in range(6):
        live_in = [other] if number == 5 else [one]
        make_article(journal, f"Fleuve {number}", f"River {number}", live_in=live_in)
    html = page_of(reader, "xqzwk", language)
    name, topic = {"fr": ("fleuve", "Eaux"), "en": ("river", "Waters")}[language]
    assert newest(html) == [f"{name}-{number}" for number in (4, 3, 2, 1)]
    offered = re.findall(r'see-also__link"[^>]*>([^<]*)<', html)
    assert topic in offered and not {"Brouillon", "Draft", "Seul", "Alone"} & {*offered}
    html = page_of(reader, name, language)
    assert len(results(html)) >= 5 and newest(html) == []
    assert "see-also__link" not in html


def test_years_are_in_sight_and_keep_the_query(corpus, reader):
    html = page_of(reader, "ans", topic="1x")
    years = re.search(r'<nav class="search-years".*?</nav>', html, re.S)[0]
    assert "<details" not in html[: html.index(years)].rpartition("search-results__main")[2]
    found = re.findall(
        r'href="([^"]*)"[^>]*><span>(\d+)</span> <span class="facets__number">(\d+)<', years
    )
    assert [year for _address, year, _number in found] == sorted(
        {year for _address, year, _number in found}, reverse=True
    )
    for address, year, number in found:
        answer = reader.get(f"/fr/search/{unescape(address)}")
        assert answer.context["query"] == "ans"
        assert answer.context["articles"].paginator.count == int(number)
        dates = {article.publication_date.year for article in answer.context["articles"]}
        assert dates == {int(year)}


def test_authors_and_topics_are_shown_above_the_articles(corpus, reader):
    html, _section, articles = page_of(reader, "Rochat").partition('class="listing"')
    assert links(html, "Léa Rochat") == ["/fr/auteurs/lea-rochat/"]
    assert len(results(articles)) > 5
    assert {*links(articles, "Rochat")} == {"/fr/auteurs/lea-rochat/"}


def test_pages_of_results_follow_one_another(corpus, reader, settings):
    settings.DIPTYCH_ARTICLES_PER_PAGE = 3
    html = page_of(reader, "ans")
    second = page_of(reader, "ans", page=2)
    assert len(results(html)) == 3 and results(second)
    assert not set(results(html)) & set(results(second))
    assert "?q=ans&amp;page=2" in html
    assert reader.get("/fr/search/", {"q": "ans", "page": 99}).status_code == 404


def test_a_search_takes_few_queries_whatever_it_finds(corpus, reader):
    counts = {}
    page_of(reader, "Rochat")  # the first reader of all has the settings made
    read_log()
    for query in ("musée", "année deux", "glaceir", "glac", '"trains de nuit" Zurich', "Rochat"):
        page_of(reader, query)
        counts[query] = len(statements_of(partial(page_of, reader, query)))
    assert max(counts.values()) <= 20, counts
    assert counts["musée"] <= 16, counts


ODD = ['"', "*", "\x00", "NEAR(", "OR", "x" * 10_000, "mot " * 2_500, "\u202e", "%ff", "🐘"]


@pytest.mark.odd
@pytest.mark.parametrize("language", ["fr", "en"])
def test_whatever_is_typed_is_answered(corpus, reader, language):
    for query in ODD:
        page_of(reader, query, language)


@pytest.mark.parametrize(
    "hidden", one_of(["private", "in another language", "draft", "of another kind"], "rare")
)
def test_what_readers_cannot_open_is_no_filter(journal, reader, hidden):
    live_in = {"in another language": ["fr"], "draft": []}.get(hidden, BOTH)
    pages = {
        "topic": make_topic(journal, "Fusion", "Merger", live_in=live_in),
        "author": make_author(journal, "Ada Secret", live_in=live_in),
    }
    make_article(journal, "Zébu", "Zebu", topics=[pages["topic"]], authors=[pages["author"]])
    other = make_article(journal, "Zébu gelé", "Frozen zebu")
    if hidden == "private":
        for page in pages.values():
            PageViewRestriction.objects.create(
                page=page, restriction_type=PageViewRestriction.LOGIN
            )
    if hidden == "of another kind":
        pages = {"topic": other, "author": other}
    everything = results(page_of(reader, "zebu", "en"))
    assert sorted(everything) == ["frozen-zebu", "zebu"]
    for name, page in pages.items():
        html = page_of(reader, "zebu", "en", **{name: page.pk})
        assert results(html) == everything
        assert not links(html, "without these filters")


@pytest.fixture
def few_are_enough(monkeypatch):
    """Lower the limit of a search, as if a thousand articles had a word."""
    monkeypatch.setattr(searching, "LIMIT", 3)


def test_of_too_many_articles_the_last_ones_are_shown_and_it_is_said(
    journal, reader, few_are_enough
):
    for number in range(5):
        make_article(journal, f"Le fleuve {number}", f"The river {number}")
    html = unescape(page_of(reader, "fleuve"))
    assert results(html) == ["le-fleuve-4", "le-fleuve-3", "le-fleuve-2"]
    assert "Au moins 3 articles pour" in html
    english = unescape(page_of(reader, "river", language="en"))
    said = "At least 3 articles for “river”: showing the most relevant and the most recent"
    assert said in english


@pytest.mark.rare
def test_of_too_many_articles_old_ones_with_the_word_in_their_headline_come_first(
    journal, reader, few_are_enough
):
    for headline in ("Le fleuve", "Au fil de l’eau", "Le delta", "La source", "Le lac"):
        page = make_article(journal, headline, "")
        page.lead_fr = f"{headline} n’est pas le fleuve."
        page.save_revision().publish()
    html = unescape(page_of(reader, "fleuve"))
    assert results(html) == ["le-fleuve", "le-lac", "la-source"]


@pytest.mark.rare
def test_no_number_stands_beside_a_filter_where_not_all_articles_are_known(
    journal, reader, few_are_enough
):
    topics = [make_topic(journal, "Eaux", "Waters"), make_topic(journal, "Alpes", "Alps")]
    for number in range(4):
        make_article(journal, f"Le fleuve {number}", "", topics=topics)
    html = page_of(reader, "fleuve")
    assert [current for _address, current in filters(html, "Eaux")] == [False]
    assert "facets__number" not in html
    call_command("rebuild_search_index", verbosity=0)
    make_article(journal, "La source", "", topics=topics)
    assert ">1<" in page_of(reader, "source").partition("facets__number")[2]


@pytest.mark.rare
def test_an_author_who_is_called_so_is_found_among_too_many_articles(
    journal, reader, few_are_enough
):
    make_author(journal, "Ada Fleuve")
    for number in range(4):
        make_article(journal, f"Le fleuve {number}", "")
    html = page_of(reader, "fleuve")
    assert "Ada Fleuve" in html


def test_other_languages_are_not_counted_to_the_end(journal, reader, few_are_enough):
    for number in range(4):
        make_article(journal, f"Le delta {number}" if not number else "", f"The delta {number}")
    html = unescape(page_of(reader, "delta"))
    assert "1 article pour" in html
    assert "Au moins 3 résultats en anglais aussi" in html


def test_who_finds_too_many_is_not_sent_to_another_language(journal, reader, few_are_enough):
    for number in range(4):
        make_article(journal, f"Le delta {number}", f"The delta {number}")
    assert "en anglais aussi" not in unescape(page_of(reader, "delta"))


def test_what_is_kept_of_a_result_is_that_of_every_search(journal, reader):
    topic = make_topic(journal, "Eaux", "Waters")
    article = make_article(journal, "Le fleuve saumâtre", "The dry river", topics=[topic])
    warm_up(lambda: page_of(reader, "fleuve"))
    assert set(marked(page_of(reader, "fleuve"))) == {"fleuve"}
    assert set(marked(page_of(reader, "saumâtre"))) == {"saumâtre"}
    assert 'class="kicker"' in page_of(reader, "saumâtre")
    article.topics.all().delete()
    article.headline_fr = "Le lac saumâtre"
    article.save_revision().publish()
    read_log()
    html = page_of(reader, "saumâtre")
    assert 'class="kicker"' not in html and "Le lac <mark>saumâtre</mark>" in html


def test_nobody_learns_from_a_search_which_words_private_pages_have(journal, reader):
    make_article(journal, "L’avalanche", "The avalanche")
    private = make_article(journal, "Le xylophoniste", "The xylophonist")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    call_command("rebuild_search_index", verbosity=0)
    for word in ("xylophonist", "brontosaur"):
        html = unescape(page_of(reader, f"avalanche {word}", "en"))
        assert results(html) == ["the-avalanche"]
        assert f"No article contains the word <strong>{word}</strong>" in " ".join(html.split())


@pytest.mark.rare
def test_each_site_finds_what_is_its_own(journal, client):
    make_article(journal, "Le xylophone", "The xylophone")
    other = make_journal("autre.example")
    make_article(other, "Un xylophone", "A xylophone")
    make_author(other, "Xylophone Dupont")
    call_command("rebuild_search_index", verbosity=0)
    for host, expected in (("testserver", "le-xylophone"), ("autre.example", "un-xylophone")):
        html = client.get("/fr/search/?q=xylophone", headers={"host": host}).content.decode()
        [address] = re.findall(r'card__headline[^>]*><a href="([^"]*)"', html)
        assert address.endswith(f"/{expected}/")
        assert "1 article pour" in unescape(html)
        assert "1 résultat en anglais" in unescape(html)
        suggested = client.get("/fr/search/suggestions/?q=xylo", headers={"host": host})
        assert ("Xylophone Dupont" in suggested.json()["suggestions"]) == (host != "testserver")


@pytest.mark.rare
def test_an_author_is_found_by_a_phrase_with_a_common_word(journal, reader, few_are_enough):
    make_author(journal, "Anne de la Rivière")
    for number in range(5):
        make_article(journal, f"Anne de la Rivière {number}", f"Anne {number}")
    html = page_of(reader, '"de la Rivière"')
    assert ">Anne de la Rivière<" in html
