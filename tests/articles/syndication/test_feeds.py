"""Which feeds there are, and what each says of the journal and its articles."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import PageViewRestriction

from diptych.articles.models import JournalSettings
from tests.factories import (
    make_article,
    make_author,
    make_image,
    make_journal,
    make_topic,
    publish_draft,
)
from tests.tiers import one_of

FORMATS = ("rss", "atom", "json")
SITE = "http://testserver"


def items_of(feed):
    """The items of a feed in any of the formats."""
    return feed.entries if hasattr(feed, "entries") else feed["items"]


def titles(feed):
    return [item["title"] for item in items_of(feed)]


def identities(feed):
    return [item["id"] for item in items_of(feed)]


@pytest.mark.parametrize("name", FORMATS)
def test_each_language_has_its_own_feed(journal, read, name):
    make_article(journal)
    make_article(journal, "Seul", "Draft", live_in=("fr",))
    assert titles(read(f"/fr/feed/{name}/")) == ["Seul", "Le lac gèle"]
    assert titles(read(f"/en/feed/{name}/")) == ["The lake freezes"]


def test_the_address_readers_have_had_so_far_stays(journal, read, client):
    make_article(journal)
    assert client.get("/en/feed/")["Content-Type"] == "application/atom+xml; charset=utf-8"
    parsed = read("/en/feed/")
    assert titles(parsed) == ["The lake freezes"]


@pytest.mark.parametrize("name", one_of(FORMATS, "rare"))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_topics_and_authors_have_feeds_of_what_is_theirs(journal, read, name, language):
    topic, author = make_topic(journal), make_author(journal)
    make_article(journal, "Ailleurs", "Elsewhere")
    make_article(journal, topics=[topic], authors=[author])
    expected = {"fr": "Le lac gèle", "en": "The lake freezes"}[language]
    for kind, page in (("topic", topic), ("author", author)):
        feed = read(f"/{language}/feed/{kind}/{page.pk}/{name}/")
        assert titles(feed) == [expected]
        headline = page.text_in("headline", language)
        title = feed["title"] if name == "json" else feed.feed.title
        named = {"fr": "Français", "en": "English"}[language]
        assert title == f"Diptyque – {headline} ({named})"


@pytest.mark.parametrize("name", one_of(FORMATS, "rare"))
def test_the_feed_presents_the_journal(journal, read, name):
    settings = JournalSettings.for_site(journal.site)
    settings.name_en, settings.tagline_en = "Passerelle", "Two & two languages"
    settings.save()
    make_article(journal)
    address = f"/en/feed/{name}/"
    feed = read(address)
    if name == "json":
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert (feed["title"], feed["description"]) == (
            "Passerelle (English)",
            "Two & two languages",
        )
        assert (feed["language"], feed["feed_url"]) == ("en", f"{SITE}{address}")
        assert feed["home_page_url"] == f"{SITE}/en/"
        assert feed["authors"] == [{"name": "Passerelle", "url": f"{SITE}/en/"}]
        return
    assert (feed.feed.title, feed.feed.subtitle) == ("Passerelle (English)", "Two & two languages")
    assert (feed.feed.language, feed.feed.link) == ("en", f"{SITE}/en/")
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [f"{SITE}{address}"]


@pytest.mark.parametrize("name", one_of(FORMATS, "matrix"))
def test_an_item_names_its_people_topics_and_dates(journal, read, name):
    authors = [make_author(journal, "Léa Rochat"), make_author(journal, "Ana", live_in=("fr",))]
    topics = [make_topic(journal), make_topic(journal, "Caché", "Hidden", live_in=("fr",))]
    article = make_article(journal, authors=authors, topics=topics, lead_en="Ice & <snow>.")
    article = publish_draft(article, headline_en="The lake has frozen")
    feed = read(f"/en/feed/{name}/")
    if name == "json":
        (item,) = feed["items"]
        assert item["authors"] == [
            {"name": "Léa Rochat", "url": f"{SITE}/en/authors/lea-rochat/"},
            {"name": "Ana"},
        ]
        assert (item["tags"], item["summary"]) == (["Climate"], "Ice & <snow>.")
        assert parse_datetime(item["date_published"]) == article.first_public_at_en
        assert parse_datetime(item["date_modified"]) == article.updated_at_en
        assert item["url"] == f"{SITE}/en/stories/the-lake-freezes/"
        return
    (entry,) = feed.entries
    assert [author.name for author in entry.authors] == ["Léa Rochat", "Ana"]
    assert [tag.term for tag in entry.tags] == ["Climate"]
    assert entry.link == f"{SITE}/en/stories/the-lake-freezes/"
    assert entry.published_parsed[:6] == article.first_public_at_en.utctimetuple()[:6]
    assert entry.updated_parsed[:6] == article.updated_at_en.utctimetuple()[:6]
    assert entry.summary == "Ice &amp; &lt;snow&gt;."


@pytest.mark.parametrize("name", one_of(FORMATS, "rare"))
def test_an_item_stays_the_same_whatever_becomes_of_its_address(journal, read, name):
    article = make_article(journal)
    french, before = read(f"/fr/feed/{name}/"), read(f"/en/feed/{name}/")
    assert identities(french) != identities(before)
    publish_draft(article, url_slug_en="ice", headline_en="Ice")
    assert identities(read(f"/en/feed/{name}/")) == identities(before)
    assert identities(before)[0].startswith("urn:uuid:")


@pytest.mark.parametrize("name", one_of(FORMATS, "matrix"))
def test_the_main_picture_comes_along(journal, read, name, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_article(journal, hero_image=make_image(width=64, height=48))
    feed = read(f"/en/feed/{name}/")
    if name == "json":
        assert feed["items"][0]["image"].startswith(f"{SITE}/media/")
        return
    (entry,) = feed.entries
    (enclosure,) = entry.enclosures
    assert enclosure.href.startswith(f"{SITE}/media/") and enclosure.type == "image/jpeg"
    if name == "rss":
        assert entry.media_content[0]["url"] == enclosure.href
        assert (entry.media_content[0]["width"], entry.media_content[0]["height"]) == ("64", "48")


def test_only_the_newest_stand_in_a_feed(journal, read, monkeypatch):
    monkeypatch.setattr("diptych.articles.syndication.feeds.views.LENGTH", 2)
    for days, title in enumerate(("Today", "Yesterday", "Before")):
        date = timezone.now() - timedelta(days=days)
        make_article(journal, title, title, publication_date=date)
    assert titles(read("/en/feed/json/")) == ["Today", "Yesterday"]


@pytest.mark.parametrize("name", one_of(FORMATS, "rare"))
def test_a_feed_may_be_empty(journal, read, client, name):
    feed = read(f"/en/feed/{name}/")
    assert titles(feed) == []
    address = f"/en/feed/{name}/"
    assert client.get(address).content == client.get(address).content


def test_characters_no_document_may_hold_are_left_out(journal, read):
    make_article(journal, en="Ice\x0b and\x01 snow\ufffe", url_slug_en="ice", lead_en="A\x08 lead.")
    for name in FORMATS:
        assert titles(read(f"/en/feed/{name}/")) == ["Ice and snow"]


@pytest.mark.rare
def test_each_site_has_its_own_articles_in_its_feeds(journal, client):
    other = make_journal("other.example")
    topic = make_topic(other)
    make_article(journal, topics=[topic])
    make_article(other, "Autre", "Other", topics=[topic])
    headers = {"host": "other.example"}
    data = client.get("/en/feed/json/", headers=headers).json()
    assert [item["url"] for item in data["items"]] == ["http://other.example/en/stories/other/"]
    assert data["feed_url"] == "http://other.example/en/feed/json/"
    address = f"/en/feed/topic/{topic.pk}/json/"
    assert titles(client.get(address, headers=headers).json()) == ["Other"]
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("language", one_of(["fr", "en"], "rare"))
def test_what_has_no_feed_is_told_in_the_language_of_the_address(journal, client, language):
    draft = make_topic(journal, "Brouillon", "Draft", live_in=())
    private = make_topic(journal, "Privé", "Private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    author = make_author(journal)
    article = make_article(journal)
    wrong = [
        f"topic/{draft.pk}/rss",
        f"topic/{private.pk}/atom",
        f"topic/{author.pk}/rss",
        f"author/{article.pk}/json",
        "topic/0/rss",
        "topic/99999999999999999999/rss",
        "topic/climat/rss",
        "topic/1/xml",
        "yaml",
    ]
    told = {"fr": "Cette page n’existe pas", "en": "This page does not exist"}[language]
    for path in wrong:
        response = client.get(f"/{language}/feed/{path}/")
        assert response.status_code == 404, path
        assert told in response.content.decode()


def test_a_topic_that_is_not_in_the_language_has_no_feed_in_it(journal, client, read):
    topic = make_topic(journal, live_in=("fr",))
    make_article(journal, topics=[topic])
    assert titles(read(f"/fr/feed/topic/{topic.pk}/rss/")) == ["Le lac gèle"]
    assert client.get(f"/en/feed/topic/{topic.pk}/rss/").status_code == 404


def test_private_articles_are_in_no_feed(journal, read):
    article = make_article(journal)
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    for name in FORMATS:
        assert titles(read(f"/en/feed/{name}/")) == []


@pytest.mark.parametrize("name", one_of(FORMATS, "rare"))
def test_a_feed_that_has_not_changed_is_not_sent_again(journal, client, name):
    article = make_article(journal)
    address = f"/en/feed/{name}/"
    first = client.get(address)
    for headers in (
        {"if-none-match": first["ETag"]},
        {"if-modified-since": first["Last-Modified"]},
    ):
        again = client.get(address, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
    publish_draft(article, lead_en="A corrected lead.")
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_an_article_that_is_dated_back_is_sent_all_the_same(journal, client):
    now = timezone.now()
    old = make_article(journal, "Ancien", "Old")
    old.write_column("last_public_at", "en", now - timedelta(days=2))
    first = client.get("/en/feed/rss/")
    make_article(journal, publication_date=now - timedelta(days=9))
    again = client.get("/en/feed/rss/", headers={"if-modified-since": first["Last-Modified"]})
    assert again.status_code == 200 and "The lake freezes" in again.content.decode()


@pytest.mark.parametrize("name", one_of(FORMATS, "matrix"))
def test_an_item_leads_to_what_stands_below_it_on_its_page(journal, read, name):
    pick = make_article(journal, "Choisi", "Picked")
    hidden = make_article(journal, "Caché", "Hidden", live_in=("fr",))
    make_article(journal, picks=[hidden, pick])
    item = items_of(read(f"/en/feed/{name}/"))[0]
    if name == "json":
        related = [each["url"] for each in item["_related"]]
        text = item["content_html"]
    else:
        related = [link["href"] for link in item["links"] if link["rel"] == "related"]
        text = item["content"][0]["value"]
    assert related == [f"{SITE}/en/stories/picked/"]
    assert f'<a href="{related[0]}">Picked</a>' in text and "Hidden" not in text


@pytest.mark.parametrize("name", one_of(FORMATS, "rare"))
def test_titles_and_leads_are_typeset_as_on_the_page(journal, read, name):
    topic = make_topic(journal, "Quoi?", "What")
    make_article(journal, 'Le "lac" gèle !', "The lake", topics=[topic], lead_fr="Où ? Là.")
    (item,) = items_of(read(f"/fr/feed/{name}/"))
    assert item["title"] == "Le «\u202flac\u202f» gèle\u202f!"
    assert item["summary"] == "Où\u202f? Là."
    (tag,) = item["tags"]
    assert (tag if name == "json" else tag["term"]) == "Quoi\u202f?"
    feed = read(f"/fr/feed/topic/{topic.pk}/{name}/")
    title = feed["title"] if name == "json" else feed.feed.title
    assert title == "Diptyque – Quoi\u202f? (Français)"
