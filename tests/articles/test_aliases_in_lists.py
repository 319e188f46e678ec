"""An alias is a second address of an article: lists that gather from a site have each text once."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page, Site

from diptych.articles.models import (
    ArticleIndexPage,
    ArticlePage,
    FrontArticle,
    FrontTopic,
    SeriesPage,
)
from diptych.articles.search.models import SearchEntry
from tests.factories import (
    make_alias,
    make_article,
    make_author,
    make_journal,
    make_page,
    make_topic,
    publish_draft,
)

pytestmark = pytest.mark.rare

OTHER = "other.example"


@pytest.fixture
def other(journal):
    return make_journal(OTHER)


@pytest.fixture
def author(journal):
    return make_author(journal)


@pytest.fixture
def climate(journal):
    return make_topic(journal)


@pytest.fixture
def lake(journal, author, climate):
    """An article with everything that lists gather articles by."""
    return make_article(
        journal,
        "Le lac",
        "The lake",
        authors=[author],
        topics=[climate],
        series=make_page(SeriesPage, journal.home, "Suite", "Series"),
        translator_en=author,
    )


@pytest.fixture
def alias(lake, journal):
    """The same article in another section of the site."""
    section = make_page(ArticleIndexPage, journal.home, "Dossiers", "Reports")
    return make_alias(lake, section, "encore")


def shown(client, page, name="articles", host="testserver", language="en"):
    """The ids of what a list on ``page`` has."""
    response = client.get(path_of(page, language), headers={"host": host})
    assert response.status_code == 200
    return [each.pk for each in response.context[name]]


def path_of(page, language="en"):
    url = type(page).objects.get(pk=page.pk).full_url_in(language)
    return "/" + url.split("/", 3)[3]


def front(client, host="testserver"):
    """The ids of the articles on the front page, in order, each as often as it stands there."""
    found = client.get("/en/", headers={"host": host}).context
    rows = [each for row in found["topic_rows"] for each in row["articles"]]
    lead = [found["lead"]] if found["lead"] else []
    return [each.pk for each in [*lead, *found["seconds"], *rows, *found["newest"]]]


def feed(client, *arguments, host="testserver"):
    name = "diptych_topic_feed_json" if arguments else "diptych_feed_json"
    address = reverse(name, args=arguments)
    answer = client.get(f"/en/{address.split('/', 2)[2]}", headers={"host": host})
    return [each["url"] for each in answer.json()["items"]]


def listed_by_api(client, host="testserver", **asked):
    answer = client.get("/en/api/articles/", asked, headers={"host": host}).json()
    assert answer["meta"]["total_count"] == len(answer["items"])
    return [each["id"] for each in answer["items"]]


def news(client, host="testserver"):
    return client.get(reverse("diptych_news_sitemap"), headers={"host": host}).content.decode()


def searched(client, text="lake", host="testserver"):
    """The ids of the articles found, which the page counts too."""
    found = client.get("/en/search/", {"q": text}, headers={"host": host}).context
    ids = [each.pk for each in found["articles"]]
    assert found["articles"].paginator.count == len(ids)
    return ids


# One site


def test_every_list_has_an_article_once(client, journal, lake, alias, author, climate):
    assert front(client) == [lake.pk]
    assert shown(client, climate) == [lake.pk]
    assert shown(client, author) == [lake.pk]
    assert shown(client, author, "translations") == [lake.pk]
    assert shown(client, lake.series, "parts") == [lake.pk]
    assert feed(client) == feed(client, climate.pk) == [lake.full_url_in("en")]
    assert listed_by_api(client) == listed_by_api(client, topic=climate.pk) == [lake.pk]
    assert news(client).count("<loc>") == 2
    assert searched(client) == [lake.pk]


def test_an_alias_is_listed_in_its_section_and_can_be_opened(client, lake, alias):
    assert shown(client, alias.get_parent().specific) == [alias.pk]
    assert client.get(path_of(alias)).status_code == 200
    assert client.get(f"/en/api/articles/{alias.pk}/").json()["id"] == alias.pk


def test_topics_and_people_count_an_article_once(client, journal, lake, author, climate):
    money, other = make_topic(journal, "Argent", "Money"), make_author(journal, "Max")
    both = {"topics": [climate, money], "authors": [author, other]}
    shared = make_article(journal, "Le budget", "The budget", **both)
    for number in range(2):
        make_alias(shared, journal.articles, f"encore-{number}")
    topics = client.get(path_of(journal.topics)).context["topics"]
    assert {each.pk: each.article_count for each in topics} == {climate.pk: 2, money.pk: 1}
    (see_also,) = client.get(path_of(climate)).context["see_also"]
    assert (see_also.pk, see_also.shared_count) == (money.pk, 1)
    (co_author,) = client.get(path_of(author)).context["co_authors"]
    assert (co_author.pk, co_author.shared_count) == (other.pk, 1)


def test_an_alias_of_a_list_lists_the_same(client, journal, lake, author, climate):
    assert shown(client, make_alias(climate, journal.topics)) == [lake.pk]
    assert shown(client, make_alias(author, journal.authors)) == [lake.pk]
    assert shown(client, make_alias(lake.series, journal.home), "parts") == [lake.pk]


def test_neighbours_are_articles_once_and_those_of_the_original(client, journal, climate):
    before, middle, after = (
        make_article(journal, name, name, topics=[climate]) for name in ("One", "Two", "Three")
    )
    aliases = [make_alias(each, journal.articles, f"{each.slug}-bis") for each in (before, middle)]
    for page in (middle, aliases[1]):
        beside = client.get(path_of(page)).context["beside"]
        assert (beside.previous.pk, beside.next.pk) == (before.pk, after.pk)


def test_an_alias_has_the_place_of_its_original_in_a_series(client, journal, lake, alias):
    last = make_article(journal, "Deux", "Two", series=lake.series, topics=[])
    for page in (lake, alias):
        beside = client.get(path_of(page)).context["beside"]
        assert [each.pk for each in beside.parts] == [lake.pk, last.pk]
        assert (beside.number, beside.previous, beside.next.pk) == (1, None, last.pk)


def test_an_alias_chosen_for_the_front_page_stands_for_its_article(
    client, journal, lake, alias, climate
):
    newer = make_article(journal, "Le budget", "The budget")
    assert front(client) == [newer.pk, lake.pk]
    publish_draft(
        journal.home,
        lead_article=Page.objects.get(pk=alias.pk),
        front_articles=[FrontArticle(article=lake)],
        front_topics=[FrontTopic(topic=climate)],
    )
    assert front(client) == [alias.pk, newer.pk]


def test_a_converted_alias_is_listed(client, lake, alias):
    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    assert set(front(client)) == set(searched(client)) == {lake.pk, alias.pk}


def test_search_forgets_aliases_when_it_is_rebuilt(client, lake, alias):
    Page.objects.filter(pk=alias.pk).update(alias_of=None)
    call_command("rebuild_search_index", verbosity=0)
    assert set(searched(client)) == {lake.pk, alias.pk}
    Page.objects.filter(pk=alias.pk).update(alias_of=lake.pk)
    call_command("rebuild_search_index", verbosity=0)
    assert searched(client) == [lake.pk]


# Several sites


def test_another_site_lists_an_alias_of_what_does_not_stand_on_it(
    client, lake, alias, climate, author, other
):
    there = make_alias(lake, other.articles)
    for host, pk in (("testserver", lake.pk), (OTHER, there.pk)):
        assert front(client, host) == [pk]
        assert listed_by_api(client, host) == [pk]
        assert searched(client, host=host) == [pk]
        assert feed(client, host=host) == [ArticlePage.objects.get(pk=pk).full_url_in("en")]
        assert news(client, host).count("<loc>") == 2
    assert shown(client, climate) == shown(client, author) == [lake.pk]
    assert shown(client, lake.series, "parts") == [lake.pk]
    assert shown(client, author, "translations") == [lake.pk]


def test_topics_and_people_keep_to_their_site(client, journal, other):
    topics = [make_topic(each, "Climat", "Climate") for each in (journal, other)]
    people = [make_author(each) for each in (journal, other)]
    make_topic(journal, "Argent", "Money")
    both = {"topics": topics, "authors": people}
    here, there = (make_article(each, "Le lac", "The lake", **both) for each in (journal, other))
    series = make_page(SeriesPage, journal.home, "Suite", "Series")
    for each in (here, there):
        publish_draft(each, series=series)
    assert shown(client, topics[0]) == shown(client, people[0]) == [here.pk]
    assert shown(client, topics[1], host=OTHER) == shown(client, people[1], host=OTHER)
    assert shown(client, topics[1], host=OTHER) == [there.pk]
    assert feed(client, topics[0].pk) == [here.full_url_in("en")]
    assert shown(client, series, "parts") == [here.pk]
    found = client.get(path_of(topics[0])).context
    assert not found["see_also"]
    assert not client.get(path_of(people[0])).context["co_authors"]
    counted = client.get(path_of(journal.topics)).context["topics"]
    assert sorted(each.article_count for each in counted) == [0, 1]
    beside = client.get(path_of(here)).context["beside"]
    assert [each.pk for each in beside.parts] == [here.pk]


def test_neighbours_keep_to_their_site(client, journal, other, climate):
    make_article(other, "Un", "One", topics=[climate])
    here = make_article(journal, "Deux", "Two", topics=[climate])
    make_article(other, "Trois", "Three", topics=[climate])
    beside = client.get(path_of(here)).context["beside"]
    assert (beside.previous, beside.next, beside.parts) == (None, None, [])


def test_search_follows_the_sites(client, journal, lake):
    section = make_page(ArticleIndexPage, journal.home, "Dossiers", "Reports")
    there = make_alias(lake, section)
    assert not SearchEntry.objects.filter(row__page=there).exists()
    site = Site.objects.create(hostname=OTHER, root_page=section)
    assert searched(client, host=OTHER) == [there.pk]
    assert searched(client) == [lake.pk]
    call_command("rebuild_search_index", verbosity=0)
    assert searched(client, host=OTHER) == [there.pk]
    assert searched(client) == [lake.pk]
    site.delete()
    assert searched(client) == [lake.pk]
    assert not SearchEntry.objects.filter(row__page=there).exists()


def test_two_names_of_a_site_make_no_second_one(client, journal, lake, alias):
    Site.objects.create(hostname=OTHER, root_page=Page.objects.get(pk=journal.home.pk))
    for host in ("testserver", OTHER):
        assert front(client, host) == searched(client, host=host) == [lake.pk]
