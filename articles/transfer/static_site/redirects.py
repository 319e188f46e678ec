"""Redirects of a copy: pages that lead on, and maps for web servers."""

from urllib.parse import quote, unquote

from django.template.loader import render_to_string
from django.utils.encoding import iri_to_uri

from diptych.articles.languages.routes.redirects import can_redirect
from diptych.articles.transfer.static_site.addresses import OWN, public

#: For nginx, included in a `map`; see docs/static-site.md.
NGINX = f"{OWN}/redirects.map"
#: For Netlify, Cloudflare Pages and GitLab Pages.
HOSTS = "_redirects"


class Redirects:
    """Where addresses lead that are not those of a file."""

    def __init__(self, addresses):
        self.addresses = addresses
        #: Addresses of this site, or URLs elsewhere, by address.
        self.targets = {}

    def add(self, old, target):
        self.targets[old] = target

    def add_moved(self, address, place):
        """Lead from ``address`` to its file, where a web server has it at another path."""
        if unquote(address) != unquote(public(place)):
            self.targets[address] = address

    def of_site(self, site, reader):
        """``(address, target)`` of each redirect of the site that leads readers anywhere."""
        if not can_redirect():
            return
        from wagtail.contrib.redirects.models import Redirect  # installed or not: see can_redirect

        for path in Redirect.get_for_site(site).order_by("pk").values_list("old_path", flat=True):
            answer = reader.ask(path)
            if answer.is_moved:
                yield path, self.addresses.own(answer.location, path) or answer.location

    def resolved(self):
        """``{address: URL}`` where they lead in the end, those left out that lead nowhere."""
        found = {}
        for old in sorted(self.targets):
            seen, target = {old}, self.targets[old]
            while target in self.targets and target not in seen:
                seen.add(target)
                target = self.targets[target]
            url = self._url(target)
            if url and unquote(url) != f"{self.addresses.base_path}{unquote(old)}":
                found[old] = url
        return found

    def _url(self, target):
        if not target.startswith("/"):
            return target if target.startswith(("http://", "https://")) else None
        place = self.addresses.place(target)
        return place and f"{self.addresses.base_path}{public(place)}"

    def files(self, taken):
        """``(place, content)`` of the maps, and of a page for each address without a query.

        Pages at the places in ``taken`` are not replaced.
        """
        found = self.resolved()
        starts = {old: f"{self.addresses.base_path}{_raw(old)}" for old in found}
        lines = [
            f'"{key}" "{_quoted(url)}";' for old, url in found.items() for key in _both(starts[old])
        ]
        yield NGINX, "".join(f"{line}\n" for line in lines).encode()
        plain = [old for old in found if "?" not in old]
        yield HOSTS, "".join(f"{starts[old]} {found[old]} 301\n" for old in plain).encode()
        for old in plain:
            place = self._page_at(old)
            if place and place not in taken:
                yield place, self._page(found[old], place).encode()

    def _page_at(self, old):
        """Where a page that leads on stands; none for an address with the ending of a file."""
        if not old.endswith("/") and "." in old.rpartition("/")[2]:
            return None
        stem = unquote(old).strip("/")
        return f"{stem}/index.html" if stem and not _is_outside(stem) else None

    def _page(self, url, place):
        whole = url if "://" in url else self.addresses.base + url[len(self.addresses.base_path) :]
        link = url
        if self.addresses.is_relative and "://" not in url:
            link = "../" * place.count("/") + url[len(self.addresses.base_path) :].lstrip("/")
        return render_to_string("diptych_moving/redirect.html", {"url": whole, "link": link})


def _raw(address):
    """``address`` as browsers send it, in quotation marks of nginx."""
    return _quoted(iri_to_uri(address))


def _quoted(url):
    return "".join(quote(each, safe="") if each in '"\\$ ' else each for each in url)


def _both(address):
    """``address`` with and without the slash at its end."""
    stem = address.rstrip("/")
    is_file = address == stem and "." in stem.rpartition("/")[2]
    return [address] if "?" in address or is_file or not stem else [stem, f"{stem}/"]


def _is_outside(stem):
    return any(part in ("", ".", "..") or part.startswith(".") for part in stem.split("/"))
