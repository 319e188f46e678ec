"""The podcast of a language has its articles that anybody may read and hear, and nothing else."""

from datetime import UTC, datetime
from time import time

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import override
from lxml import etree
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from diptych.articles.languages.publication.service import unpublish_languages
from diptych.articles.models import JournalSettings
from diptych.articles.recordings.audio import url_of
from diptych.articles.recordings.podcasts import validate_cover
from tests.articles.languages.caches import read_by_somebody, recorded_for
from tests.articles.recordings.sounds import SOUND, let_hear, make_document
from tests.factories import make_article, make_author, make_image, make_topic, publish_draft
from tests.kept import statements_of, warm_up

pytestmark = pytest.mark.django_db

ADDRESS = "/en/feed/podcast/"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"


@pytest.fixture
def journal(journal):
    let_hear(journal)
    return journal


def channel_of(client, address=ADDRESS):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return etree.fromstring(response.content).find("channel")


def titles(client, address=ADDRESS):
    return [item.findtext("title") for item in channel_of(client, address).findall("item")]


def test_an_episode_says_what_players_need(client, journal):
    document = make_document("lake.m4a")
    article = make_article(
        journal,
        authors=[make_author(journal), make_author(journal, "Camille Rochat")],
        topics=[make_topic(journal)],
        recording_en=document,
        publication_date=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )
    (item,) = channel_of(client).findall("item")
    assert dict(item.find("enclosure").attrib) == {
        "url": f"http://testserver{url_of(document)}",
        "length": str(len(SOUND)),
        "type": "audio/x-m4a",
    }
    assert item.findtext("title") == "The lake freezes"
    assert item.findtext("link") == f"http://testserver{article.url_in('en')}"
    assert item.findtext("pubDate") == "Sun, 01 Mar 2026 12:00:00 +0000"
    assert item.findtext(f"{ITUNES}author") == "Léa Rochat, Camille Rochat"
    assert item.findtext(f"{ITUNES}explicit") == "false"
    guid = item.find("guid")
    assert guid.get("isPermaLink") == "false" and guid.text.startswith("urn:uuid:")
    publish_draft(article, headline_en="The lake melts", url_slug_en="melting")
    assert channel_of(client).find("item").findtext("guid") == guid.text


def test_the_channel_says_what_directories_ask_for(client, journal):
    cover = make_image("Couverture", 1400, 1400)
    let_hear(journal, podcast_cover=cover, podcast_category="Science", contact_email="a@b.org")
    channel = channel_of(client)
    assert channel.findtext("title") == "Diptyque – Podcast (English)"
    assert channel.findtext("language") == "en"
    assert channel.findtext(f"{ITUNES}author") == "Diptyque"
    assert channel.findtext(f"{ITUNES}explicit") == "false"
    assert channel.find(f"{ITUNES}category").get("text") == "Science"
    assert channel.find(f"{ITUNES}image").get("href") == f"http://testserver{cover.file.url}"
    assert channel.findtext(f"{ITUNES}owner/{ITUNES}email") == "a@b.org"
    get_image_model().objects.all().delete()
    let_hear(journal, podcast_cover=None, contact_email="")
    channel = channel_of(client)
    assert channel.find(f"{ITUNES}image") is None and channel.find(f"{ITUNES}owner") is None


def test_only_what_anybody_may_read_and_hear_in_the_language_is_there(client, journal):
    document, text = make_document(), make_document("plan.txt")
    internal = Collection.get_first_root_node().add_child(name="Internal")
    CollectionViewRestriction.objects.create(collection=internal, restriction_type="login")
    secret = make_document("secret.mp3", collection=internal)
    article = make_article(journal, recording_fr=document, recording_en=document)
    make_article(journal, "Un", "One", recording_fr=document)
    make_article(journal, "Deux", "Two", recording_en=document, live_in=("fr",))
    make_article(journal, "Trois", "Three", recording_en=secret)
    make_article(journal, "Quatre", "Four", recording_en=text)
    private = make_article(journal, "Cinq", "Five", recording_en=document)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    make_article(journal, "Six", "Six", recording_en=document, live_in=())
    assert titles(client) == ["The lake freezes"]
    assert titles(client, "/fr/feed/podcast/") == ["Un", "Le lac gèle"]
    unpublish_languages(article, ["en"])
    assert titles(client) == []


def test_there_is_no_podcast_without_the_setting(client, journal):
    make_article(journal, recording_en=make_document())
    assert _announced(client) == 3
    let_hear(journal, has_recordings=False)
    assert client.get(ADDRESS).status_code == 404
    assert _announced(client) == 0


def _announced(client):
    """How often a page and the page about feeds lead to the podcast."""
    page = BeautifulSoup(client.get("/en/").content, "lxml")
    feeds = BeautifulSoup(client.get("/en/feeds/").content, "lxml")
    links = page.select(f'head link[rel=alternate][href="{ADDRESS}"]')
    links += page.select(f'.footer a[href="{ADDRESS}"]')
    return len(links + feeds.select(f'.feeds a[href="http://testserver{ADDRESS}"]'))


def test_a_program_that_has_the_feed_gets_it_no_second_time(client, journal):
    make_article(journal, recording_en=make_document())
    etag = client.get(ADDRESS)["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304
    let_hear(journal, contact_email="a@b.org")
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.scale
def test_many_episodes_take_as_many_queries_as_few(client, journal):
    document = make_document()
    for number in range(2):
        make_article(journal, f"Lac {number}", f"Lake {number}", recording_en=document)
    warm_up(lambda: client.get(ADDRESS))
    few = len(statements_of(lambda: client.get(ADDRESS)))
    for number in range(2, 6):
        make_article(journal, f"Lac {number}", f"Lake {number}", recording_en=document)
    warm_up(lambda: client.get(ADDRESS))
    assert len(statements_of(lambda: client.get(ADDRESS))) <= few
    assert few <= 12


def test_the_podcast_is_purged_with_the_lists_of_its_language(journal, monkeypatch):
    make_article(journal, recording_en=make_document("lake.m4a"))
    read_by_somebody(monkeypatch, ADDRESS)
    assert recorded_for("list:en") == {ADDRESS} and recorded_for("list:fr") == set()


@pytest.mark.parametrize(("width", "height"), [(1399, 1399), (1400, 1500), (3001, 3001)])
def test_a_cover_of_another_size_is_refused_in_words(width, height):
    image = make_image()
    get_image_model().objects.filter(pk=image.pk).update(width=width, height=height)
    with override("en"), pytest.raises(ValidationError, match=f"{width} × {height} pixels"):
        validate_cover(image.pk)


def test_the_form_of_the_settings_refuses_a_cover(admin_client, journal):
    small = make_image("Petite", 640, 480)
    address = reverse("wagtailsettings:edit", args=["diptych", "journalsettings", journal.site.pk])
    form = admin_client.get(address).context["form"]
    posted = {name: form[name].value() or "" for name in form.fields}
    posted |= {"podcast_cover": small.pk, "has_recordings": "on"}
    posted |= {"social_links-count": 0, "menu_topics-count": 0}
    response = admin_client.post(address, posted)
    assert response.status_code == 200
    assert "640" in str(response.context["form"].errors["podcast_cover"])
    assert JournalSettings.for_site(journal.site).podcast_cover is None


def test_a_recording_of_an_older_article_is_sent_to_who_has_the_feed(client, journal):
    let_hear(journal)
    old = make_article(journal, "Vieux", "Old", publication_date=datetime(2026, 3, 1, tzinfo=UTC))
    make_article(journal, "Neuf", "New", recording_en=make_document())
    first = client.get("/en/feed/podcast/?fresh=1")
    known = {"if-none-match": first["ETag"], "if-modified-since": http_date(time())}
    assert client.get("/en/feed/podcast/?fresh=1", headers=known).status_code == 304
    publish_draft(old, recording_en=make_document("old.mp3"))
    dated = client.get(
        "/en/feed/podcast/?fresh=1", headers={"if-modified-since": http_date(time())}
    )
    assert (dated.status_code, dated.content.count(b"<item>")) == (200, 2)
    assert client.get("/en/feed/podcast/?fresh=1", headers=known).status_code == 200
