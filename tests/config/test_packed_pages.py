"""Pages leave a public server packed, whatever they are made of."""

import gzip
import importlib

import pytest
from django.http import StreamingHttpResponse
from django.test import RequestFactory

from tests.factories import make_article

SERVER = {
    "SECRET_KEY": "Zr8-kT2_wQ6vLm4xYb9sHd3nFg7pJc5aUe1iOo0tRyXzKqWvZr8-kT2_wQ6v",
    "ALLOWED_HOSTS": "testserver",
    "SITE_ADDRESS": "https://journal.example",
    "DEFAULT_FROM_EMAIL": "desk@journal.example",
    "EMAIL_URL": "submission://desk:secret@mail.example",
    "MEDIA_ROOT": "media",
    "DATABASE_URL": "sqlite:///:memory:",
}
PACKED = {"accept-encoding": "br, gzip"}


@pytest.fixture
def public(monkeypatch, settings):
    """Requests pass through what stands before the pages of a public server.

    WhiteNoise is left out: it only answers for collected files, of which there are none here.
    """
    for name, value in SERVER.items():
        monkeypatch.setenv(name, value)
    server = importlib.import_module("config.settings.production")
    settings.MIDDLEWARE = [name for name in server.MIDDLEWARE if "whitenoise" not in name]


@pytest.mark.django_db
def test_pages_and_feeds_are_packed_and_still_told_apart(journal, client, public):
    make_article(journal)
    for address in ("/fr/", "/fr/articles/le-lac-gele/", "/fr/search/?q=lac", "/fr/zxzxzx/"):
        plain, packed = client.get(address), client.get(address, headers=PACKED)
        assert plain.content == gzip.decompress(packed.content), address
        assert "Content-Encoding" not in plain.headers
        assert packed["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed["Vary"]
        assert len(packed.content) < len(plain.content) / 2
    address = plain.content.decode().split('rel="stylesheet" href="')[1].split('"')[0]
    assert client.get(address, headers={"accept-encoding": "br"})["Content-Encoding"] == "br"
    assert client.get(address, headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"
    feed = client.get("/fr/feed/atom/", headers=PACKED)
    assert feed["Content-Encoding"] == "gzip" and feed["ETag"].startswith("W/")
    again = client.get("/fr/feed/atom/", headers={**PACKED, "if-none-match": feed["ETag"]})
    assert again.status_code == 304


@pytest.mark.django_db
def test_one_page_is_never_packed_to_one_length(journal, client, public):
    """An attacker who has words of his own in a page learns nothing from its length."""
    lengths = {len(client.get("/fr/", headers=PACKED).content) for _each in range(8)}
    assert len(lengths) > 1


def test_what_is_sent_in_parts_is_packed_in_parts(public):
    from django.middleware.gzip import GZipMiddleware

    parts = [b"a" * 1000, b"b" * 1000]
    answer = GZipMiddleware(lambda request: StreamingHttpResponse(iter(parts)))
    response = answer(RequestFactory().get("/", headers=PACKED))
    received = list(response.streaming_content)
    assert "Content-Length" not in response.headers
    assert len(received) > 1 and gzip.decompress(b"".join(received)) == b"".join(parts)
