"""The recording of an article in the API, in its language and for anybody."""

import pytest
from wagtail.models import Collection, CollectionViewRestriction

from diptych.articles.recordings.audio import url_of
from tests.articles.recordings.sounds import SOUND, let_hear, make_document
from tests.factories import make_article
from tests.kept import read_log


@pytest.fixture
def journal(journal):
    let_hear(journal)
    return journal


@pytest.fixture
def recording_of(client):
    def recording_of(article, language="en"):
        response = client.get(f"/{language}/api/articles/{article.pk}/")
        assert response.status_code == 200
        return response.json()["recording"]

    return recording_of


def test_it_is_that_of_the_language_that_is_asked_for(journal, client, recording_of):
    document = make_document("lake.m4a")
    article = make_article(journal, recording_en=document)
    assert recording_of(article) == {
        "url": f"http://testserver{url_of(document)}",
        "media_type": "audio/mp4",
        "size": len(SOUND),
    }
    assert recording_of(article, "fr") is None
    asked = client.get(f"/fr/api/articles/{article.pk}/", {"lang": "en"}).json()
    assert asked["recording"]["media_type"] == "audio/mp4"
    assert client.get(asked["recording"]["url"]).status_code == 200


def test_an_article_that_is_not_live_tells_nothing_of_it(journal, client):
    article = make_article(journal, live_in=("fr",), recording_en=make_document())
    response = client.get(f"/en/api/articles/{article.pk}/")
    assert response.status_code == 404 and "recordings" not in response.text


def test_one_in_a_private_collection_is_not_told(journal, recording_of):
    private = Collection.get_first_root_node().add_child(name="Private")
    article = make_article(journal, recording_en=make_document(collection=private))
    assert recording_of(article)
    CollectionViewRestriction.objects.create(
        collection=private, restriction_type=CollectionViewRestriction.LOGIN
    )
    read_log()
    assert recording_of(article) is None


def test_nothing_is_told_where_articles_cannot_be_heard(journal, recording_of):
    article = make_article(journal, recording_en=make_document())
    let_hear(journal, has_recordings=False)
    assert recording_of(article) is None


def test_a_document_that_is_no_recording_is_not_told(journal, recording_of):
    article = make_article(journal, recording_en=make_document("notes.pdf"))
    assert recording_of(article) is None
