"""Which file each address of the site becomes, and how the others link to it."""

import posixpath
import re
from functools import cached_property, lru_cache
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import override

from diptych.articles.caching.addresses import filtered, keys_of_name
from diptych.articles.caching.addresses import known_addresses as kept_addresses
from diptych.articles.languages.routes.hosts import language_of_host, set_language_asked
from diptych.articles.languages.routes.middleware import PAGES
from diptych.articles.languages.routes.prefixes import prefix_of
from diptych.articles.syndication import citations
from diptych.articles.syndication.feeds.addresses import DEFAULT, FORMATS, KINDS, view_name
from diptych.articles.syndication.feeds.podcast import PODCAST
from diptych.articles.transfer.export_folder import checked

#: Addresses for a site that runs: what they answer depends on a query or on who asks.
LIVE_ONLY = re.compile(
    r"diptych_api:|diptych_openapi|diptych_search_suggestions|diptych_draft"
    r"|diptych_static_search|diptych_newsletter|diptych_offline|diptych_choose_language"
    r"|wagtailadmin_|wagtailcore_"
)
SEARCH = "diptych_search"
CHOICE = "diptych_choose_language"
#: The folders of files, whatever the addresses they are fetched from.
STATIC, MEDIA = "static", "media"
#: The folder for what is not served: the list of files, and configuration for web servers.
OWN = ".static-site"
#: The names of the files of feeds end like this.
ENDINGS = {
    **{citations.view_name(name): each.ending for name, each in citations.FORMATS.items()},
    DEFAULT: ".xml",
    PODCAST: ".xml",
    **{
        view_name(name, kind): ".json" if name == "json" else ".xml"
        for name in FORMATS
        for kind in (None, *KINDS)
    },
}
#: The path of a file that was made of an address with a number in its query.
NUMBERED = re.compile(r"(.*/)([a-z]+)-(\d+)\.html")
#: Characters of a path that need no escaping, as in Django's ``escape_uri_path``.
SAFE = "/:@!*'(),;=+&~"


class Addresses:
    """The addresses of one site, at ``root_url``, in a copy that will stand at ``url``.

    Links to pages begin with ``url`` where it is given, with the path of the page that holds
    them where ``relative``, else with the path alone. ``with_search`` says whether the copy has
    a search.
    """

    def __init__(self, root_url, url="", relative=False, with_search=True):
        self.root_url = root_url.rstrip("/")
        self.base = (url or root_url).rstrip("/")
        self.is_whole = bool(url) and not relative
        self.is_relative = relative
        self.with_search = with_search
        self.place = lru_cache(maxsize=100_000)(self._place)

    @cached_property
    def base_path(self):
        return urlsplit(self.base).path

    @cached_property
    def _folders(self):
        return {settings.MEDIA_URL: MEDIA, settings.STATIC_URL: STATIC}

    @property
    def hosts_of_files(self):
        """Where uploads and static files are fetched from, if that is another host."""
        return [start.rstrip("/") for start in self._folders if start.startswith("http")]

    @cached_property
    def _admin(self):
        return reverse("wagtailadmin_home")

    def own(self, url, page="/"):
        """The address of this site that ``url``, on the page at ``page``, leads to, or ``None``."""
        url = url.strip()
        if any(prefix.startswith("http") and url.startswith(prefix) for prefix in self._folders):
            return url.partition("#")[0]
        try:
            parts = urlsplit(urljoin(f"{self.root_url}{page}", url))
        except ValueError:
            return None
        if f"{parts.scheme}://{parts.netloc}" != self.root_url:
            return None
        address = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        return self._chosen(address)

    def _chosen(self, address):
        """Where the choice of a language leads, as a copy remembers none."""
        path, _mark, query = address.partition("?")
        if query and self._name(path) == CHOICE:
            target = parse_qs(query).get("next", [""])[0]
            return target if target.startswith("/") else address
        return address

    def file(self, address):
        """``(folder, name)`` of the uploaded or static file at ``address``, or ``None``."""
        for start, folder in self._folders.items():
            if start and address.startswith(start):
                return folder, unquote(address.removeprefix(start).partition("?")[0])
        return None

    def canonical(self, address):
        """``address`` with no more of its query than it knows."""
        path, _mark, query = address.partition("?")
        known = self._known_query(path, query) if query else ""
        return f"{path}?{known}" if known else path

    def _known_query(self, path, query):
        name = self._name(path)
        if name is None or (name not in kept_addresses() and name not in PAGES):
            return ""
        keys = ("page",) if name in PAGES else keys_of_name(name)
        # A copy has no answers to what readers type.
        return "" if isinstance(keys, dict) else filtered(query, keys) or ""

    def _place(self, address):
        """The file that ``address`` is written to, as a path below the copy; ``None`` for none."""
        if file := self.file(address):
            return checked("/".join(file))
        path, _mark, query = self.canonical(address).partition("?")
        name = self._name(path)
        if path.startswith(self._admin) or (name and LIVE_ONLY.match(name)):
            return None
        if name == SEARCH and not self.with_search:
            return None
        suffix = query.replace("=", "-").replace("&", "-")
        plain = unquote(path)
        if name in ENDINGS:
            return checked(f"{plain.rstrip('/')}{ENDINGS[name]}")
        if plain.endswith("/"):
            return checked(f"{plain}{f'{suffix}.html' if suffix else 'index.html'}")
        stem, ending = posixpath.splitext(plain)
        return checked(f"{stem}-{suffix}{ending}" if suffix else plain)

    def _name(self, path):
        language = language_of_host(urlsplit(self.root_url).netloc)
        set_language_asked(language)
        try:
            with override(prefix_of(path) or language):
                return resolve(unquote(path)).view_name
        except Resolver404:
            return None
        finally:
            set_language_asked(None)

    def asked(self, place):
        """The address that ``place``, a page or feed of an earlier copy, was written from."""
        path = public(place)
        if match := NUMBERED.fullmatch(path):
            return f"{match[1]}?{match[2]}={match[3]}"
        stem, ending = posixpath.splitext(path)
        return f"{stem}/" if ending in ENDINGS.values() else path

    def link(self, address, fragment="", page=None):
        """How the file ``page`` links to ``address``; from the root of the host without a page."""
        place = self.place(address)
        if place is None:
            return None
        end = self._end(address, fragment)
        target = public(place)
        if self.is_whole:
            return f"{self.base}{target}{end}"
        if not self.is_relative or page is None:
            return f"{self.base_path}{target}{end}"
        own = public(page)
        relative = posixpath.relpath(target, own if own.endswith("/") else posixpath.dirname(own))
        return f"{relative}{'/' if target.endswith('/') else ''}{end}"

    def whole(self, address, fragment=""):
        """The URL of ``address`` with the host of the copy, or ``None``."""
        place = self.place(address)
        if place is None:
            return None
        return f"{self.base}{public(place)}{self._end(address, fragment)}"

    def _end(self, address, fragment):
        """What follows the path in a link: a query that no file is made of, and a fragment."""
        path, _mark, query = address.partition("?")
        rest = query if query and self.canonical(address) == path else ""
        return f"{f'?{rest}' if rest else ''}{f'#{fragment}' if fragment else ''}"


def public(place):
    """The path at which a web server has the file ``place``."""
    path = place.removesuffix("index.html") if f"/{place}".endswith("/index.html") else place
    return f"/{quote(path, safe=SAFE)}"
