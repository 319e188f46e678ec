"""A WordPress export (WXR 1.1 and 1.2): its items, languages, pairs of translations and terms.

The files are streamed: once for an index when an :class:`Export` is made, and again each time the
items are read. Memory grows with the number of items, not with their texts.
"""

from collections import Counter, defaultdict
from dataclasses import replace
from functools import cached_property
from sys import intern
from urllib.parse import unquote, urlsplit

from diptych.articles.languages.config.language_config import available_language
from diptych.articles.transfer.wordpress.archives import UnreadableFile, files_in
from diptych.articles.transfer.wordpress.items import (
    LANGUAGE,
    POST_GROUPS,
    Attachment,
    Author,
    Fields,
    Item,
    Term,
    author_of,
    key_of,
    local_name,
    term_of,
    text_of,
)
from diptych.articles.transfer.wordpress.qtranslate import (
    GROUP,
    by_language,
    first_text,
    parts_of,
    text_in,
)
from diptych.articles.transfer.wordpress.reusable import REUSABLE, ReusableBlocks
from diptych.articles.transfer.wordpress.translations import (
    IndexedItem,
    Translations,
    language_by_address,
)
from diptych.articles.transfer.wordpress.uploads import is_picture
from diptych.articles.transfer.wordpress.xml_stream import elements

_TAGS = (
    "item",
    "title",
    "link",
    "language",
    "{*}base_site_url",
    "{*}base_blog_url",
    "{*}wxr_version",
    "{*}author",
    "{*}category",
    "{*}tag",
    "{*}term",
)


class Export:
    """The items of one or more files of an export, with reusable blocks where they are used.

    ``paths`` are XML files, or zips of some.

    ``language`` is that of items of which neither the export nor their address says any; without
    it, it is the one that the site declares, unless a plugin says languages. ``site_host`` is
    another name of the site whose export it is. ``progress`` is called with the numbers of bytes
    read.
    """

    def __init__(self, paths, language=None, site_host=None, progress=None):
        self.language = language
        host = host_in(site_host or "")
        self.hosts = {host} if host else set()
        #: The files that could not be read to their end, in words.
        self.errors = []
        self.files = list(self._files_in(paths))
        #: The title of the site, the address at which it starts, and its language in WordPress.
        self.title, self.address, self.declared_language = "", "", ""
        self.authors: dict[str, Author] = {}
        self.terms: dict[tuple[str, str], Term] = {}
        self.attachments: dict[int, Attachment] = {}
        self.reusable = ReusableBlocks()
        #: Items by type, each counted once.
        self.counts = Counter()
        #: ``(id, type)`` of items that stand a second time in the files; only the first is read.
        self.repeated: list[tuple[int, str]] = []
        #: The plugins that say languages: ``polylang``, ``wpml``, ``qtranslate``.
        self.plugins = set()
        self._entries: dict[int, IndexedItem] = {}
        translations = Translations(self._entries, self.terms)
        self._index(translations, progress)
        #: The language of each item that has one, and the ids of each pair by language.
        self.languages_of = {
            pk: entry.language for pk, entry in self._entries.items() if entry.language
        }
        self.groups = translations.groups()

    def read(self, progress=None):
        """Yield each :class:`Item`, in the order of the files.

        Files may have become unreadable since the export was made: ``errors`` says so, too.
        """
        seen = set()
        for element in self._elements(progress):
            if element.tag != "item":
                continue
            item = self._item(Fields(element))
            if item.id not in seen:
                seen.add(item.id)
                yield item

    def ancestors(self, term):
        """The terms above ``term``, the nearest first."""
        while term := self.terms.get((term.taxonomy, term.parent)):
            yield term

    def translators(self, item):
        """The logins of the authors of a translation who did not write its source.

        The source is the item of the group with the lowest number. One that is not public beside a
        translation that is has no say.
        """
        source = min(self.groups.get(item.group or "", {}).values(), default=item.id)
        entry = self._entries[source]
        if source == item.id or (item.status == "publish" != entry.status):
            return []
        wrote = set(map(key_of, entry.authors))
        return [login for login in item.authors if key_of(login) not in wrote]

    def pictures_of(self, pk):
        """The ids of the pictures that were uploaded to an item, in their order there."""
        return self._pictures.get(pk, [])

    @cached_property
    def _pictures(self):
        found = defaultdict(list)
        for number, (url, meta) in self.attachments.items():
            if is_picture(url):
                found[meta["parent"]].append((meta["menu_order"], number))
        return {pk: [number for _order, number in sorted(each)] for pk, each in found.items()}

    def _files_in(self, paths):
        for path in paths:
            try:
                yield from files_in(path)
            except UnreadableFile as error:
                self.errors.append(str(error))

    def _elements(self, progress):
        for file in self.files:
            try:
                for element in elements(file, _TAGS, progress):
                    yield from by_language(element) if element.tag == "item" else [element]
            except UnreadableFile as error:
                if str(error) not in self.errors:
                    self.errors.append(str(error))

    # The index

    def _index(self, translations, progress):
        for element in self._elements(progress):
            if element.tag == "item":
                self._index_item(Fields(element), translations)
            else:
                self._index_of_channel(element, translations)
        self._settle_language()
        translations.settle_items()
        _without_cycles(self._entries)
        _terms_without_cycles(self.terms)
        translations.settle_terms()
        self._attachments_by_language()

    def _settle_language(self):
        """Give a language to the items whose address says none."""
        if not self.language and not self.plugins - {"qtranslate"}:
            declared = self.declared_language.replace("_", "-").lower()
            self.language = available_language(declared)
        for entry in self._entries.values():
            entry.language = entry.language or self.language

    def _index_of_channel(self, element, translations):
        kind, fields = local_name(element.tag), Fields(element)
        if kind == "title":
            self.title = self.title or first_text(text_of(element))
        elif kind == "language":
            self.declared_language = self.declared_language or text_of(element)
        elif kind in ("link", "base_site_url", "base_blog_url"):
            self._add_host(text_of(element))
            if kind != "base_site_url":
                self.address = text_of(element) or self.address
        elif kind == "author":
            author = author_of(fields)
            self.authors.setdefault(author.login, author)
        elif kind in ("category", "tag", "term"):
            self._index_term(term_of(kind, fields), translations)

    def _add_host(self, address):
        if host := host_in(address):
            self.hosts.add(host)

    def _index_term(self, term, translations):
        if translations.add_term(term):
            self.plugins.add("polylang")
        elif term.slug:
            known = self.terms.get((term.taxonomy, term.slug))
            if known is None or not known.id:
                self._add_term(term, translations)

    def _add_term(self, term, translations):
        """Add a term; one of qTranslate as one for each language, the first under its own slug."""
        parts = parts_of(term.name)
        translations.add_names(term, parts)
        for number, (code, name) in enumerate(parts.items() or [("", term.name)]):
            slug = f"{term.slug}-{code}" if number else term.slug
            pk = f"{term.id}-{code}" if number else term.id
            texts = {"name": name, "description": text_in(term.description, code)}
            self.terms[term.taxonomy, slug] = replace(term, id=pk, slug=slug, **texts)

    def _index_item(self, fields, translations):
        pk, kind = fields.id(), fields.get("post_type", "post")
        if pk in self._entries:
            self.repeated.append((pk, kind))
            return
        self.counts[kind] += 1
        said, group = fields.language(), fields.group()
        self._entries[pk] = IndexedItem(
            type=kind,
            status=fields.get("status", "publish"),
            said=said,
            language=self._language_by_address(fields.get("link")),
            group=group or None,
            parent=fields.number("post_parent"),
            authors=tuple(map(intern, fields.authors())),
        )
        if said or group:
            plugins = {"wpml:": "wpml", GROUP: "qtranslate"}
            known = (plugins[start] for start in plugins if group.startswith(start))
            self.plugins.add(next(known, "polylang"))
        for taxonomy, slug, name in fields.categories():
            if taxonomy not in (LANGUAGE, POST_GROUPS):
                translations.uses[taxonomy, slug].add(pk)
                self.terms.setdefault((taxonomy, slug), Term(taxonomy, slug, name))
        if kind == "attachment":
            self.attachments[pk] = fields.attachment()
        elif kind == REUSABLE and fields.is_public():
            self.reusable.add(pk, fields.get("content"))

    def _language_by_address(self, link):
        """The language that the first part of an address says, or ``None``."""
        start = path_in(self.address)
        return language_by_address(_split(link).path, start)

    def _attachments_by_language(self):
        for pk, attachment in self.attachments.items():
            entry = self._entries[pk]
            attachment.meta.update(language=entry.language, group=entry.group, parent=entry.parent)

    # Items

    def _item(self, fields):
        pk = fields.id()
        entry = self._entries[pk]
        meta = fields.meta()
        terms = [
            self._term_in(self.terms[taxonomy, slug], entry.language)
            for taxonomy, slug, _name in fields.categories()
            if (taxonomy, slug) in self.terms
        ]
        title = fields.get("title")
        dates = fields.date("post_date"), fields.date("post_modified")
        return Item(
            id=pk,
            type=entry.type,
            status=entry.status,
            title=title,
            slug=unquote(fields.get("post_name")),
            link=fields.get("link"),
            authors=list(entry.authors),
            date=dates[0],
            modified=dates[1],
            content=self.reusable.shown_in(fields.get("content")),
            excerpt=fields.get("excerpt"),
            password=fields.get("post_password"),
            parent=entry.parent,
            is_sticky=fields.get("is_sticky") == "1",
            terms=terms,
            meta=meta,
            attachment_url=fields.get("attachment_url"),
            comments=fields.comments,
            language=entry.language,
            group=entry.group,
            problem=entry.problem,
            notes=fields.notes,
            menu_order=fields.number("menu_order"),
        )

    def _term_in(self, term, language):
        """``term``, or what :meth:`_add_term` has made of it for ``language``."""
        other = self.terms.get((term.taxonomy, f"{term.slug}-{language}"))
        return other if other and other.id == f"{term.id}-{language}" else term


def _split(address):
    try:
        return urlsplit(address.strip())
    except ValueError:
        return urlsplit("")


def host_in(given):
    """The host of an address, or of a host name alone, in lower case; ``""`` for none."""
    return _split(given if "//" in given else f"//{given}").hostname or ""


def path_in(address):
    """The path of an address, without the slash at its end; ``""`` where a host starts."""
    return _split(address).path.rstrip("/")


def _without_cycles(entries):
    """Let items stand below nothing where they would stand below themselves."""
    above = {pk: entry.parent for pk, entry in entries.items() if entry.parent}
    for pk in _in_cycles(above):
        entries[pk].parent = 0


def _terms_without_cycles(terms):
    above = {key: (key[0], term.parent) for key, term in terms.items() if term.parent}
    for key in _in_cycles(above):
        terms[key].parent = ""


def _in_cycles(above):
    """The keys whose way up, by ``above``, comes back to themselves."""
    found, done = [], set()
    for start in above:
        #: The keys on the way, each with its place there.
        way, key = {}, start
        while key in above and key not in done and key not in way:
            way[key] = len(way)
            key = above[key]
        if key in way:
            found += [*way][way[key] :]
        done.update(way)
    return found
