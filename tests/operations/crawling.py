"""Follow every link of a site from its front door, as a crawler does."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.test import Client

#: Files, which another server hands out.
FILES = ("/static/", "/media/", "/documents/")
#: The status of an answer that leads on for the time being, as the choice of a language does.
MOVED = 302
#: What leads to as many addresses as there are words.
SEARCH = "/search/"


@dataclass
class Answer:
    """What came back from an address; ``found`` are the addresses it leads to."""

    address: str
    status: int
    kind: str
    content: bytes
    found: list = field(default_factory=list)

    def __post_init__(self):
        self.page = None
        if self.kind.startswith("text/html") and self.status != MOVED:
            self.page = BeautifulSoup(self.content, "lxml")
            self.found = [_whole(self.address, each["href"]) for each in self.page.select("[href]")]

    @property
    def is_indexed(self):
        """Whether it is a page that search engines may list."""
        return self.page is not None and not self.page.select("meta[name=robots][content*=noindex]")

    @property
    def canonical(self):
        return [link["href"] for link in self.page.select("link[rel=canonical]")]

    @property
    def alternates(self):
        links = self.page.select("link[rel=alternate][hreflang]")
        return {link["hreflang"]: link["href"] for link in links}

    @property
    def missing(self):
        """Where the language switch leads for languages that the page is not in."""
        links = self.page.select(".language-switch__item--missing[href]") if self.page else ()
        return [_whole(self.address, link["href"]) for link in links]

    @property
    def feeds(self):
        return [_whole(self.address, link["href"]) for link in self.page.select("link[title]")]

    def faults(self):
        """What is wrong with the markup, whatever the page is about."""
        ids = Counter(each["id"] for each in self.page.select("[id]"))
        faults = [f"The id {name} stands there twice." for name, count in ids.items() if count > 1]
        faults += [f"No alt: {image}" for image in self.page.select("img:not([alt])")]
        if len(self.page.find_all("h1")) != 1:
            faults.append(f"{len(self.page.find_all('h1'))} first headings")
        return faults


def crawl(root, follow=True):
    """Every address that can be reached from ``root``, with its :class:`Answer`.

    A search is asked once and not followed any further. What leads on answers with the one
    address it leads to. Unless it is to ``follow`` links, only ``root`` is asked.
    """
    site = urlsplit(root)
    client = Client(headers={"host": site.netloc, "accept-language": "fr"})
    answers, waiting = {}, [root]
    while waiting:
        address = waiting.pop()
        if address in answers:
            continue
        answers[address] = _ask(client, address)
        if follow and SEARCH not in address:
            waiting += [each for each in answers[address].found if _is_followed(each, site)]
    return answers


def _ask(client, address):
    parts = urlsplit(address)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    response = client.get(target)
    kind = response.headers.get("Content-Type", "")
    found = [_whole(address, response.url)] if response.status_code == MOVED else []
    return Answer(address, response.status_code, kind, response.content, found)


def _whole(base, link):
    return urldefrag(urljoin(base, link)).url


def _is_followed(address, site):
    parts = urlsplit(address)
    return (parts.scheme, parts.netloc) == (site.scheme, site.netloc) and not parts.path.startswith(
        FILES
    )
