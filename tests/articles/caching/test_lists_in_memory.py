"""What lists keep in memory follows every change: counts, selections, neighbours, feed texts."""

import pytest

from articles.models import ArticleTopic, TopicPage
from articles.syndication.feeds import texts
from tests.factories import make_article, make_journal, make_topic, publish_draft

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
    read("/en/feed/")
    assert rendered == [1]
