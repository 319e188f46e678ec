"""Readers hear an article in the language they read it in."""

import json

import pytest
from wagtail.models import Collection, CollectionViewRestriction

from diptych.articles.recordings.audio import url_of
from tests.articles.recordings.sounds import SOUND, let_hear, make_document
from tests.factories import make_article, publish_draft, write_draft
from tests.reading import page_at

ENGLISH = "/en/stories/the-lake-freezes/"
FRENCH = "/fr/articles/le-lac-gele/"


@pytest.fixture
def article(journal):
    return make_article(journal)


def audio_data(page):
    data = json.loads(page.find("script", type="application/ld+json").text)
    (article,) = (each for each in data["@graph"] if each["@type"] == "NewsArticle")
    return article.get("audio")


def test_a_recording_is_played_and_told_to_machines(client, journal, article):
    document = make_document()
    let_hear(journal)
    publish_draft(article, recording_en=document)
    page = page_at(client, ENGLISH)
    section = page.select_one(".page-head .recording")
    assert section.h2.text == "Listen to this article"
    player = section.audio
    assert player["src"] == f"/recordings/{document.pk}/{document.filename}"
    assert player.has_attr("controls") and player["preload"] == "none"
    assert player["aria-labelledby"] == section.h2["id"]
    assert section.a["href"] == player["src"] and section.a.has_attr("download")
    assert section.p.text.replace("\xa0", " ").endswith("(MP3, 2.0 KB)")
    assert audio_data(page) == {
        "@type": "AudioObject",
        "contentUrl": f"http://testserver{player['src']}",
        "encodingFormat": "audio/mpeg",
        "contentSize": str(len(SOUND)),
        "inLanguage": "en",
    }
    part = client.get(player["src"], headers={"Range": "bytes=0-2"})
    assert b"".join(part.streaming_content) == b"ID3"


def test_the_recording_of_another_language_is_never_played(client, journal, article):
    let_hear(journal)
    publish_draft(article, recording_fr=make_document())
    assert page_at(client, FRENCH).select_one("audio")
    page = page_at(client, ENGLISH)
    assert not page.select_one("audio, .recording") and audio_data(page) is None


def test_nothing_is_heard_where_the_journal_has_not_chosen_it(client, journal, article):
    publish_draft(article, recording_en=make_document())
    page = page_at(client, ENGLISH)
    assert not page.select_one("audio, .recording") and audio_data(page) is None


def test_a_recording_goes_live_with_its_language(client, journal, article):
    let_hear(journal)
    write_draft(article, recording_fr=make_document(), recording_en=make_document("lake.mp3"))
    assert not page_at(client, ENGLISH).select_one("audio")
    article.get_latest_revision_as_object().publish_languages(["en"])
    assert page_at(client, ENGLISH).select_one("audio")
    assert not page_at(client, FRENCH).select_one("audio")


def test_what_not_everybody_may_hear_or_is_no_recording_has_no_player(client, journal, article):
    let_hear(journal)
    collection = Collection.get_first_root_node().add_child(name="Internal")
    below = collection.add_child(name="Drafts")
    publish_draft(article, recording_en=make_document(collection=below))
    assert page_at(client, ENGLISH).select_one("audio")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert not page_at(client, ENGLISH).select_one("audio")
    publish_draft(article, recording_en=make_document("plan.txt"))
    assert not page_at(client, ENGLISH).select_one("audio")


def test_a_deleted_recording_leaves_the_article(client, journal, article):
    let_hear(journal)
    document = make_document()
    publish_draft(article, recording_en=document)
    assert document.get_usage().count() == 1
    assert page_at(client, ENGLISH).select_one("audio")
    document.delete()
    assert not page_at(client, ENGLISH).select_one("audio")


def test_a_new_file_has_another_address(client, journal, article):
    let_hear(journal)
    document = make_document()
    publish_draft(article, recording_en=document)
    before = url_of(document)
    assert page_at(client, ENGLISH).audio["src"] == before
    document.file = make_document("again.mp3").file
    document.save()
    assert page_at(client, ENGLISH).audio["src"] == url_of(document)
    assert url_of(document) != before


def test_a_preview_has_the_recording_of_the_draft(journal, article):
    let_hear(journal)
    draft = article.get_latest_revision_as_object()
    draft.recording_en = make_document()
    html = draft.make_preview_request(preview_mode="en").content.decode()
    assert url_of(draft.recording_en) in html
