"""What lists keep in memory follows every change: counts, selections, neighbours, feed texts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from diptych.articles.models import ArticlePage, ArticleTopic, AuthorPage, TopicPage
from diptych.articles.syndication.feeds import texts
from tests.factories import make_article, make_author, make_journal, make_topic, publish_draft

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def journal(committed, monkeypatch):
    return make_journal()


@pytest.fixture
def read(client):
    """The answer at an address, without the page cache."""

    def read(address):
        client.cookies["sessionid"] = "none"
        response = client.get(address)
        assert response.status_code == 200
        return response

    return read


def test_lists_follow_what_is_published_and_taken_down(journal, read):
    topics = [make_topic(journal), make_topic(journal, "Villes", "Cities")]
    first = make_article(journal, topics=topics)
    addresses = ("/en/", "/en/stories/", "/en/topics/climate/", "/en/feed/", "/en/api/articles/")
    for address in addresses:
        assert "/en/stories/second/" not in read(address).content.decode()
    assert read("/en/stories/").context["articles"].paginator.count == 1
    see_also = read("/en/topics/climate/").context["see_also"]
    assert [(each.headline_en, each.shared_count) for each in see_also] == [("Cities", 1)]
    second = make_article(journal, "Second", "Second", topics=topics)
    for address in addresses:
        assert "/en/stories/second/" in read(address).content.decode(), address
    assert read("/en/stories/").context["articles"].paginator.count == 2
    (other,) = read("/en/topics/climate/").context["see_also"]
    assert other.shared_count == 2
    publish_draft(second, topics=[ArticleTopic(topic=TopicPage.objects.get(headline_en="Cities"))])
    (other,) = read("/en/topics/climate/").context["see_also"]
    assert other.shared_count == 1
    second.unpublish_languages(["en"])
    for address in addresses:
        assert "/en/stories/second/" not in read(address).content.decode(), address
    publish_draft(first, lead_en="Another lead.", body_en=first.body_en)
    assert "Another lead." in read("/en/feed/").content.decode()


def test_topics_count_their_articles_once_until_lists_change(journal, read):
    topics = [make_topic(journal), make_topic(journal, "Villes", "Cities")]
    article = make_article(journal, topics=topics)

    def counted():
        topics = read("/en/topics/").context["topics"]
        return {topic.headline: topic.article_count for topic in topics}

    assert counted() == {"Cities": 1, "Climate": 1}
    counted()
    with CaptureQueriesContext(connection) as queries:
        assert counted() == {"Cities": 1, "Climate": 1}
    assert not [each for each in queries if "listedarticle" in each["sql"]]
    publish_draft(article, topics=[ArticleTopic(topic=topics[0])])
    make_topic(journal, "Rien", "Nothing")
    assert counted() == {"Cities": 0, "Climate": 1, "Nothing": 0}
    article.unpublish_languages(["en"])
    assert counted() == {"Cities": 0, "Climate": 0, "Nothing": 0}


def test_texts_of_feeds_are_rendered_once(journal, read, monkeypatch):
    article = make_article(journal)
    rendered = []
    render = texts.portable
    monkeypatch.setattr(texts, "portable", lambda *given: rendered.append(1) or render(*given))
    for _time in range(2):  # the first reader of all has the settings made
        read("/en/feed/")
    rendered.clear()
    assert "Text of The lake freezes." in read("/en/feed/").content.decode()
    assert rendered == []
    publish_draft(article, headline_en="The lake thaws")
    assert "The lake thaws" in read("/en/feed/").content.decode()
    assert rendered == [1]


def test_entries_of_feeds_are_fetched_once_and_follow_what_they_say(journal, read):
    author, topic = make_author(journal, "Ada Blanc"), make_topic(journal)
    make_article(journal, authors=[author], topics=[topic])
    for _time in range(2):
        read("/en/feed/")
    with CaptureQueriesContext(connection) as queries:
        before = read("/en/feed/json/").json()["items"]
    assert not [each for each in queries if 'FROM "diptych_articlepage"' in each["sql"]]
    assert [each["tags"] for each in before] == [["Climate"]]
    publish_draft(author, headline_en="Ada Weiss", headline_fr="Ada Weiss")
    publish_draft(topic, headline_en="Weather")
    (after,) = read("/en/feed/json/").json()["items"]
    assert [each["name"] for each in after["authors"]] == ["Ada Weiss"]
    assert after["tags"] == ["Weather"]
    AuthorPage.objects.get().unpublish_languages(["en"])
    (after,) = read("/en/feed/json/").json()["items"]
    assert after["authors"] == [{"name": "Ada Weiss"}]
    PageViewRestriction.objects.create(page=ArticlePage.objects.get(), restriction_type="login")
    assert read("/en/feed/json/").json()["items"] == []


def test_translations_of_a_person_are_looked_for_once(journal, read):
    person = make_author(journal, "Ada Blanc")
    article = make_article(journal, translator_en=person)
    address = person.url_in("en")
    for _time in range(2):
        assert "/en/stories/the-lake-freezes/" in read(address).content.decode()
    with CaptureQueriesContext(connection) as queries:
        assert len(read(address).context["translations"]) == 1
    assert not [each for each in queries if "translator_en" in each["sql"]]
    publish_draft(article, translator_en=None)
    assert read(address).context["translations"] == []


@pytest.mark.parametrize("address", ["/en/feed/", "/en/feed/topic/{}/json/"])
@pytest.mark.rare
def test_whoever_has_a_feed_is_told_so_without_rendering_it(journal, client, address):
    topic = make_topic(journal)
    article = make_article(journal, topics=[topic])
    address = address.format(topic.pk)
    client.cookies["sessionid"] = "none"

    def ask(response, name="If-None-Match", of="ETag"):
        return client.get(address, headers={name: response.headers[of]})

    client.get(address)  # the first reader of all has the settings made
    first = client.get(address)
    with CaptureQueriesContext(connection) as queries:
        known = [ask(first), ask(first, "If-Modified-Since", "Last-Modified")]
    assert [each.status_code for each in known] == [304, 304]
    assert known[0].headers["ETag"] == first.headers["ETag"]
    assert not [each for each in queries if "articlepage" in each["sql"]]
    assert client.get(address).content == first.content
    for change in (
        lambda: publish_draft(article, lead_en="Another lead."),
        lambda: publish_draft(topic, headline_en="Weather"),
        lambda: make_article(journal, "Second", "Second", topics=[topic]),
        lambda: article.unpublish_languages(["en"]),
    ):
        change()
        changed = ask(first)
        assert changed.status_code == 200
        assert changed.content != first.content
        assert ask(changed).status_code == 304
        first = changed
