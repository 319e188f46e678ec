"""Reads a copy of a site as a web server has it, and follows every link between its files."""

import json
import posixpath
import re
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup

#: Attributes that hold a URL, and those that hold several.
LINKS = ("href", "src", "action", "poster", "data-search-index", "data-search-root")
REFRESH = re.compile(r"url=(\S+)")


class Copy:
    """The files of the copy in ``folder``, which stands at ``url``."""

    def __init__(self, folder, url="http://testserver"):
        self.folder, self.url = folder, url.rstrip("/")

    @property
    def places(self):
        """All that is served, as paths below the folder."""
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.*"))
        return {
            place
            for place in found
            if not place.startswith(".") and (self.folder / place).is_file()
        }

    def text(self, place):
        return (self.folder / place).read_text(encoding="utf-8")

    def page(self, place):
        return BeautifulSoup(self.text(place), "lxml")

    def links(self, place):
        """The links of a page that lead to this copy, as its readers follow them."""
        base = f"{self.url}/{place.removesuffix('index.html')}"
        page, found = self.page(place), []
        whole = [each[name] for name in LINKS for each in page.select(f"[{name}]")]
        for each in page.select("[srcset]"):
            found += [part.split()[0] for part in each["srcset"].split(",")]
        for each in page.select("meta[content]"):
            refresh = REFRESH.search(each["content"])
            found.append(refresh[1] if refresh else each["content"])
        whole += [link for link in found if "://" in link or link[:1] in "/.?" or link[-1:] == "/"]
        urls = (urldefrag(urljoin(base, link)).url for link in whole)
        return {url for url in urls if url.startswith(f"{self.url}/")}

    def has(self, url):
        """Whether a web server finds a file for ``url``."""
        path = unquote(urlsplit(url).path).removeprefix(urlsplit(self.url).path).lstrip("/")
        path = posixpath.join(path, "index.html") if not path or path.endswith("/") else path
        return (self.folder / path).is_file()

    def broken(self):
        """``(page, URL)`` of each link that leads to no file."""
        pages = [place for place in self.places if place.endswith(".html")]
        return [
            (place, url)
            for place in sorted(pages)
            for url in sorted(self.links(place))
            if not self.has(url)
        ]

    def mentioned(self, place):
        """The URLs of this copy within a feed or sitemap."""
        return re.findall(rf"{re.escape(self.url)}/[^\s\"'<>&\\]*", self.text(place))

    def redirects(self):
        """What the map for nginx holds."""
        lines = self.text(".static-site/redirects.map").splitlines()
        return dict(re.fullmatch(r'"(\S+)" "(\S+)";', line).groups() for line in lines)

    def manifest(self):
        return set(json.loads(self.text(".static-site/manifest.json"))["files"])
