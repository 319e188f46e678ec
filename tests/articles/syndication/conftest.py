import json

import feedparser
import pytest

FORMATS = ("rss", "atom", "json")


@pytest.fixture
def asking(client):
    """Asks the API of articles or pages, in the language of the prefix, and gives the answer."""

    def asking(api):
        def ask(path="", language="en", status=200, **query):
            response = client.get(f"/{language}/api/{api}/{path}", query)
            assert response.status_code == status, response.content
            return response.json()

        return ask

    return asking


@pytest.fixture
def read(client):
    """A feed as a program for feeds reads it; it must be well formed."""

    def read(address):
        response = client.get(address)
        assert response.status_code == 200, address
        if "/json/" in address:
            return json.loads(response.content)
        headers = {"content-type": response["Content-Type"]}
        parsed = feedparser.parse(response.content, response_headers=headers)
        assert not parsed.bozo, parsed.get("bozo_exception")
        return parsed

    return read
