"""Export of a site as files: what its readers see, in all languages, for any web server.

Pages are asked for as a reader who is not signed in does, through all middleware, and their links
are followed; pages that nothing leads to are found through the page × language table.
"""

from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from diptych.articles.languages.config.language_config import available_languages, language_name
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.hosts import languages_at
from diptych.articles.languages.routes.public_urls import public_path, root_of
from diptych.articles.lists.archive import ARCHIVE
from diptych.articles.models.side_by_side import side_by_side_paths
from diptych.articles.syndication.feeds.addresses import VIEWS_OF_JOURNAL
from diptych.articles.syndication.feeds.overview import OVERVIEW
from diptych.articles.transfer.export_folder import Folder
from diptych.articles.transfer.static_site.addresses import MEDIA, OWN, SEARCH, STATIC, Addresses
from diptych.articles.transfer.static_site.reading import Reader
from diptych.articles.transfer.static_site.redirects import Redirects
from diptych.articles.transfer.static_site.rewriting import ROBOTS, Rewriter
from diptych.articles.transfer.static_site.search_index import FOLDER as INDEX
from diptych.articles.transfer.static_site.search_index import STATE, SearchIndex

#: No slug has a dot: no page stands at such an address below that of a language.
NOT_FOUND = "404.html"
#: What stands at the root of the host, besides the entrance.
AT_ROOT = ("diptych_robots", "diptych_sitemap", "diptych_news_sitemap")
#: The folders of uploads that a web server hands out to anybody; of documents, the site asks who
#: may read them. ``DIPTYCH_STATIC_SITE_UPLOADS`` is set to others.
SERVED = ("images/", "original_images/")
STATIC_SEARCH = "diptych_static_search"


class CannotExport(Exception):
    """The site cannot be exported, or not like this."""


@dataclass
class Result:
    """What an export has done: numbers of files, and sentences about what it could not."""

    written: int = 0
    unchanged: int = 0
    deleted: int = 0
    #: Files that could not be made; those of an earlier run were left.
    failed: list = field(default_factory=list)
    #: Links of pages that lead nowhere, here as on the site: ``(address, page)``.
    broken: list = field(default_factory=list)


def has_search():
    """Whether the site has a search for readers."""
    return apps.is_installed("diptych.articles.search")


class Export:
    """Writes a copy of ``site`` into ``folder``.

    ``url`` and ``relative`` are those of :class:`Addresses`; ``advance`` is called with the number
    of addresses that are known and that of those done.
    """

    def __init__(self, site, folder, url="", relative=False, with_search=True, advance=None):
        self.site, self.root = site, root_of(site)
        if self.root is None:
            raise CannotExport(_("The site %(site)s has no pages.") % {"site": site})
        self.addresses = Addresses(self.root.root_url, url, relative, with_search)
        self.languages = languages_at(self.root)
        self.folder = Folder(Path(folder), OWN)
        self.reader, self.rewriter = Reader(self.root.root_url), Rewriter(self.addresses)
        self.redirects = Redirects(self.addresses)
        self.index = SearchIndex() if with_search else None
        self.advance = advance or (lambda known, done: None)
        self.result = Result()
        self.waiting, self.origins = deque(), {}

    def run(self):
        """Export everything; returns the :class:`Result`."""
        self._check_host()
        for address in self._starts():
            self._add(address, "")
        self._write_not_found()
        self._follow()
        for old, target in self.redirects.of_site(self.site, self.reader):
            self._add(target, "")
            self.redirects.add(old, target)
        self._follow()
        self._write_redirects()
        if self.index:
            self._write_index()
        self._report_broken()
        self.folder.finish(is_gone=self._is_gone if self.result.failed else None)
        self.result.written, self.result.deleted = self.folder.written, self.folder.deleted
        self.result.unchanged = len(self.folder.kept) - self.folder.written
        return self.result

    def _check_host(self):
        robots = "/robots.txt"
        answer = self.reader.ask(robots)
        if answer.status == 400:
            message = _("The site does not answer as %(host)s: add it to ALLOWED_HOSTS.")
            raise CannotExport(message % {"host": self.reader.site.hostname})
        # As from HTTP to HTTPS: a copy would hold nothing but pages that lead on.
        if answer.is_moved and self.addresses.own(answer.location) in (None, robots):
            message = _(
                "The site at %(here)s leads its readers to %(there)s: correct its host name and "
                "its port under Settings → Sites."
            )
            names = {"here": self.root.root_url, "there": answer.location}
            raise CannotExport(message % names)

    def _starts(self):
        """Addresses that no link may lead to."""
        yield "/"
        for name in AT_ROOT:
            yield reverse(name)
        for language in self.languages:
            yield from self._views_in(language)
        rows = PageLanguage.objects.visible().filter(language__in=self.languages)
        rows = rows.filter(url_path__startswith=self.root.root_path)
        for language, url_path in rows.values_list("language", "url_path").iterator():
            if path := public_path(language, url_path, self.root):
                yield path

    def _views_in(self, language):
        names = [ARCHIVE, OVERVIEW, *VIEWS_OF_JOURNAL, *([SEARCH] if self.index else [])]
        with override(language):
            for name in names:
                try:
                    yield reverse(name)
                except NoReverseMatch:
                    continue

    def _add(self, address, origin):
        address = self.addresses.canonical(address)
        if address.startswith(f"/{INDEX}/"):
            return
        is_new = address not in self.origins
        if not self.addresses.place(address):
            self.result.broken.append(address)
        elif is_new:
            self.waiting.append(address)
        # What a feed only mentions is named after a page that leads there.
        if is_new or not self.origins[address]:
            self.origins[address] = origin

    def _follow(self):
        """Export every address that waits, and those found meanwhile."""
        while self.waiting:
            address = self.waiting.popleft()
            with self._failing(address):
                self._export(address)
            self.advance(len(self.origins), len(self.origins) - len(self.waiting))

    @contextmanager
    def _failing(self, address):
        """List what cannot be written, and keep the file of an earlier run."""
        try:
            yield
        except (OSError, SuspiciousOperation) as error:
            self._fail(address, error)

    def _fail(self, address, reason):
        self.result.failed.append(f"{address}: {reason}")
        if place := self.addresses.place(address):
            self.folder.keep(place)

    def _export(self, address):
        if file := self.addresses.file(address):
            self._copy(address, *file)
            return
        answer = self.reader.ask(self._searches.get(address, address))
        if answer.status >= 500:
            self._fail(address, _("the site answers with an error"))
        elif answer.is_moved:
            self._export_redirect(address, answer)
        elif self._is_for_readers(address, answer):
            self._write(address, answer.kind, answer.content)
        else:
            self.result.broken.append(address)

    def _is_for_readers(self, address, answer):
        """Whether any reader may have the answer: a page, or what stands for one not translated."""
        is_missing = answer.status == 404 and address in self._untranslated
        return answer.is_public and (answer.status == 200 or is_missing)

    @cached_property
    def _untranslated(self):
        """The addresses at which the site says in which other languages a page can be read."""
        rows = PageLanguage.objects.visible().filter(url_path__startswith=self.root.root_path)
        return {
            public_path(other, url_path, self.root)
            for language, url_path in rows.values_list("language", "url_path").iterator()
            for other in self.languages
            if other != language
        }

    def _write(self, address, kind, content):
        place = self.addresses.place(address)
        written = self.rewriter.document(content, kind, address, place)
        self._add_found(address)
        self.folder.write(place, written)
        self.redirects.add_moved(address, place)
        if self.index and kind == "text/html" and self._is_searched(address, content):
            self.index.add(address, place, written)

    def _is_searched(self, address, content):
        """Whether the page has something of its own to find."""
        is_repeated = "?" in address or address in self.without_text
        is_repeated = is_repeated or address.endswith(self._side_by_side_endings)
        is_repeated = is_repeated or address.startswith(self._lists_of_links)
        return not is_repeated and not ROBOTS.search(content[:20_000].decode(errors="replace"))

    @cached_property
    def _side_by_side_endings(self):
        """How the addresses end at which an article is read in two languages."""
        return tuple(path for code in available_languages() for path in side_by_side_paths(code))

    @cached_property
    def _lists_of_links(self):
        """How the addresses of the archive and of the list of feeds begin."""
        found = []
        for language in self.languages:
            with override(language):
                found += [reverse(ARCHIVE), reverse(OVERVIEW)]
        return tuple(found)

    @cached_property
    def without_text(self):
        """The front pages and the search, which show other pages only."""
        homes = [public_path(code, self.root.root_path, self.root) for code in self.languages]
        return {"/", *homes, *self._searches}

    @cached_property
    def _searches(self):
        """The address of the page for searching a copy, by that of the search of the site."""
        found = {}
        for language in self.languages if self.index else ():
            with override(language):
                found[reverse(SEARCH)] = reverse(STATIC_SEARCH)
        return found

    def _add_found(self, address):
        for each in sorted(self.rewriter.found):
            self._add(each, address)
        for each in sorted(self.rewriter.mentioned):
            self._add(each, "")

    def _export_redirect(self, address, answer):
        """Write a page that leads on; at the root, one that lets readers choose a language."""
        target = self.addresses.own(answer.location, address)
        if target is not None:
            self._add(target, self.origins[address])
        if address == "/":
            self._write_entrance(target)
        else:
            self.redirects.add(address, target or answer.location)

    def _write_entrance(self, target):
        homes = {
            code: path
            for code in self.languages
            if (path := public_path(code, self.root.root_path, self.root))
            and self.reader.ask(path).status == 200
        }
        first = next(iter(homes.values()), target)
        entries = [
            {"code": code, "name": language_name(code), "url": path} for code, path in homes.items()
        ]
        context = {"site": self.site, "entries": entries, "first": first}
        content = render_to_string("diptych_moving/entrance.html", context).encode()
        self._write("/", "text/html", content)

    def _copy(self, address, folder, name):
        """Copy a static file or an upload, unless it is there."""
        place = self.addresses.place(address)
        is_served = folder == MEDIA and _is_served(name)
        if is_served and self.folder.is_current(place, default_storage.size(name)):
            # The name of a picture changes with its content.
            self.folder.keep(place)
            return
        if folder == STATIC:
            content = _static_file(name)
        else:
            content = _content_of(default_storage, name) if is_served else None
        if content is None:
            self.result.broken.append(address)
            return
        if folder == STATIC:
            kind = "text/css" if name.endswith(".css") else ""
            content = self.rewriter.document(content, kind, address, place)
            self._add_found(address)
        self.folder.write(place, content)

    def _is_gone(self, place):
        """Whether readers cannot have the file of an earlier run on the site any more."""
        folder, slash, name = place.partition("/")
        if folder == MEDIA:
            return not _is_served(name)
        if folder == INDEX:
            return STATE in self.folder.kept
        if not slash or folder == STATIC or name.endswith(NOT_FOUND):
            return False
        address = self.addresses.asked(place)
        answer = self.reader.ask(address)
        return answer.status < 500 and not self._is_for_readers(address, answer)

    def _write_not_found(self):
        """The page for addresses at which nothing stands, in each language and at the root."""
        for number, language in enumerate(self.languages):
            start = public_path(language, self.root.root_path, self.root)
            address = f"{start}{NOT_FOUND}"
            answer = self.reader.ask(address)
            if answer.status != 404 or not answer.is_html:
                continue
            content = self.rewriter.document(answer.content, answer.kind, address, None)
            self._add_found(address)
            places = {address.lstrip("/"), *([NOT_FOUND] if not number else [])}
            for place in places:
                with self._failing(address):
                    self.folder.write(place, content)

    def _write_redirects(self):
        for place, content in self.redirects.files(self.folder.kept):
            with self._failing(place):
                self.folder.write(place, content)

    def _write_index(self):
        with self._failing("pagefind"):
            self.index.write(self.folder)

    def _report_broken(self):
        broken = dict.fromkeys(self.result.broken)
        self.result.broken = [
            (address, self.origins[address]) for address in broken if self.origins[address]
        ]


def _is_served(name):
    """Whether the upload ``name`` is there, in a folder that a web server hands out."""
    folders = getattr(settings, "DIPTYCH_STATIC_SITE_UPLOADS", SERVED)
    return name.startswith(tuple(folders)) and default_storage.exists(name)


def _static_file(name):
    """The content of a static file, collected or not; ``None`` if there is none."""
    found = finders.find(name)
    if found:
        return Path(found).read_bytes() if Path(found).is_file() else None
    return _content_of(staticfiles_storage, name)


def _content_of(storage, name):
    """The content of the file ``name``; ``None`` if there is none, or a folder."""
    try:
        with storage.open(name) as file:
            return file.read()
    except (FileNotFoundError, IsADirectoryError):
        return None
