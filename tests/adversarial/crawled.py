"""A digest of everything that a reader of the site of the settings can reach."""

from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client, override_settings
from lxml.html import document_fromstring

from tests.servers import SITE_HOST, digest_of

ROOT = f"https://{SITE_HOST}/"
#: Static files need not be collected.
STATIC = {
    "default": settings.STORAGES["default"],
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@override_settings(STORAGES=STATIC)
def crawl():
    """Addresses of pages and pictures with a digest of what is there, from the front page on."""
    client = Client(headers={"host": SITE_HOST, "x-forwarded-proto": "https"})
    found, waiting = {}, [ROOT]
    while waiting:
        address = waiting.pop()
        if address not in found and not urlsplit(address).path.startswith(settings.STATIC_URL):
            found[address], links = _answer(client, address)
            waiting += [each for each in links if each.startswith(ROOT)]
    return found


def _answer(client, address):
    parts = urlsplit(address)
    if parts.path.startswith(settings.MEDIA_URL):
        with default_storage.open(parts.path.removeprefix(settings.MEDIA_URL)) as file:
            return digest_of(200, file.read()), []
    answer = client.get(f"{parts.path}?{parts.query}")
    body = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    links = [answer.url] if answer.status_code in (301, 302) else []
    if body and answer.headers["Content-Type"].startswith("text/html"):
        links += [link for _element, _name, link, _place in document_fromstring(body).iterlinks()]
    # A search is asked by a word, of which there are many.
    links = [urldefrag(urljoin(address, link)).url for link in links if "/search/" not in link]
    return digest_of(answer.status_code, body), links
