"""Players get the part of a recording that they ask for, by RFC 9110."""

import pytest
from django.test import override_settings
from wagtail.documents.models import document_served
from wagtail.models import Collection, CollectionViewRestriction

from diptych.articles.recordings.audio import url_of
from tests.articles.recordings.sounds import SOUND, make_document

pytestmark = pytest.mark.django_db

LAST = len(SOUND) - 1


@pytest.fixture
def recording():
    document = make_document()
    document.address = url_of(document)
    return document


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=5-", 5, LAST),
        ("bytes=-3", LAST - 2, LAST),
        ("bytes=-999999", 0, LAST),
        ("bytes=10-999999", 10, LAST),
        ("Bytes=0-", 0, LAST),
    ],
)
def test_one_range_is_sent_alone(client, recording, asked, first, last):
    response = client.get(recording.address, headers={"Range": asked})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(SOUND)}"
    assert response["Content-Length"] == str(last - first + 1)
    assert response["Content-Type"] == "audio/mpeg"
    assert body(response) == SOUND[first : last + 1]


@pytest.mark.parametrize(
    "asked", ["", "bytes=", "bytes=-", "bytes=9-4", "bytes=0-1,4-5", "lines=0-1", "bytes=a-b"]
)
def test_any_other_range_counts_for_nothing(client, recording, asked):
    response = client.get(recording.address, headers={"Range": asked})
    assert response.status_code == 200
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Length"] == str(len(SOUND))
    assert body(response) == SOUND


@pytest.mark.parametrize("asked", [f"bytes={len(SOUND)}-", "bytes=99999-100000", "bytes=-0"])
def test_a_range_behind_the_end_is_refused(client, recording, asked):
    response = client.get(recording.address, headers={"Range": asked})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(SOUND)}"
    assert body(response) == b""


def test_a_part_of_another_version_is_not_sent(client, recording):
    etag = client.get(recording.address)["ETag"]
    for condition, status in ((etag, 206), ('"other"', 200), (f"W/{etag}", 200)):
        headers = {"Range": "bytes=0-1", "If-Range": condition}
        assert client.get(recording.address, headers=headers).status_code == status, condition
    date = {"Range": "bytes=0-1", "If-Range": "Wed, 21 Oct 2015 07:28:00 GMT"}
    assert client.get(recording.address, headers=date).status_code == 200
    assert client.get(recording.address, headers={"If-None-Match": etag}).status_code == 304


def test_a_head_says_how_much_there_is(client, recording):
    response = client.head(recording.address, headers={"Range": "bytes=0-1"})
    assert response.status_code == 200
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Length"] == str(len(SOUND))


def test_nothing_is_compressed(client, recording):
    with override_settings(MIDDLEWARE=["django.middleware.gzip.GZipMiddleware"]):
        headers = {"Range": "bytes=0-999", "Accept-Encoding": "gzip"}
        response = client.get(recording.address, headers=headers)
    assert "Content-Encoding" not in response
    assert response["Content-Length"] == "1000" and len(body(response)) == 1000


def test_only_those_who_may_have_a_document_get_a_part_of_it(client, recording):
    response = client.get(recording.address, headers={"Range": "bytes=0-1"})
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    collection = Collection.get_first_root_node().add_child(name="Internal")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    recording.collection = collection
    recording.save()
    response = client.get(recording.address, headers={"Range": "bytes=0-1"})
    assert response.status_code == 302 and "/login/" in response["Location"]


def test_who_may_have_a_private_recording_gets_it_on_this_site_alone(admin_client, recording):
    collection = Collection.get_first_root_node().add_child(name="Internal")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    recording.collection = collection
    recording.save()
    response = admin_client.get(recording.address, headers={"Range": "bytes=0-1"})
    assert response.status_code == 206
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_only_recordings_are_found_and_only_by_their_names(client, recording):
    plan = make_document("plan.txt", b"A plan.")
    others = ((plan.pk, plan.filename), (recording.pk, "other.mp3"), (99999, "le-lac.mp3"))
    for pk, name in (*others, (10**30, "le-lac.mp3")):
        assert client.get(f"/recordings/{pk}/{name}").status_code == 404
    assert client.post(recording.address).status_code == 405


@pytest.mark.parametrize("method", ["redirect", "direct"])
def test_files_that_the_storage_sends_are_left_to_it(client, recording, method):
    with override_settings(WAGTAILDOCS_SERVE_METHOD=method):
        assert url_of(recording) == recording.url
        response = client.get(recording.address)
    assert response.status_code == 302 and response["Location"] == recording.file.url


def test_files_that_a_web_server_sends_have_the_address_of_the_document(recording):
    with override_settings(SENDFILE_BACKEND="of_the_project"):
        assert url_of(recording) == recording.url


def test_a_missing_file_is_not_found(client, recording):
    recording.file.storage.delete(recording.file.name)
    assert client.get(recording.address, headers={"Range": "bytes=0-1"}).status_code == 404


def test_a_reading_is_counted_at_its_beginning(client, recording):
    served = []

    def note(sender, instance, **kwargs):
        served.append(instance.pk)

    document_served.connect(note)
    try:
        for asked in ("bytes=0-", "bytes=100-200", "bytes=-5"):
            client.get(recording.address, headers={"Range": asked})
    finally:
        document_served.disconnect(note)
    assert served == [recording.pk]
