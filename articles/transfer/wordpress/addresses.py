"""Redirects from the addresses of a WordPress site to the pages that were made of it.

They are entries of ``wagtail.contrib.redirects``, which lead to pages in a language. Those with a
query, such as ``/?p=12``, and those of the sizes of a picture are found by
:mod:`diptych.articles.transfer.middleware`.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect

from diptych.articles.languages.config.language_config import (
    available_language,
    available_languages,
    default_language,
)
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.public_urls import public_path, root_of
from diptych.articles.languages.routes.redirects import record_old_addresses
from diptych.articles.models import ArticleIndexPage
from diptych.articles.syndication.feeds.addresses import KINDS, VIEWS_OF_JOURNAL, view_name
from diptych.articles.transfer.wordpress.export import path_in
from diptych.articles.transfer.wordpress.uploads import original_path

#: What addresses of terms begin with by taxonomy; those of others begin with their name.
BASES = {"category": "category", "post_tag": "tag"}
#: Terms of these have no addresses.
WITHOUT_ADDRESS = {"author", "nav_menu", "post_format", "link_category", "wp_theme"}
#: The formats of feeds in WordPress, and ours.
FEEDS = {"": "rss", "/rss2": "rss", "/rss": "rss", "/rdf": "rss", "/atom": "atom"}
LONGEST = Redirect._meta.get_field("old_path").max_length
#: Pages whose addresses are looked up in one query.
PART = 500

_DATED = re.compile(r"(?P<month>(?P<year>.*?/[12][0-9]{3})/[01][0-9])(?P<day>/[0-3][0-9])?/")


@dataclass
class Recorded:
    """What became of the old addresses."""

    made: int = 0
    #: Addresses by kind, those that others have in common counted once.
    counts: Counter = field(default_factory=Counter)
    #: Too long for a redirect.
    too_long: list[str] = field(default_factory=list)


def record_addresses(export, site, pages, files=None):
    """Create a redirect from each address of an export to its page; returns :class:`Recorded`.

    ``pages`` holds primary keys of pages by type and key: ``("post", "12")``,
    ``("category", "essays")``, ``("author", "claire")``. ``files`` gives the address of an image or
    document for the number of an attachment. What has no page gets no redirect.
    """
    found = _Addresses(export, site, pages, files or (lambda _pk: None))
    found.collect()
    leading = found.leading()
    recorded = Recorded(counts=Counter(kind for *_rest, kind in leading), too_long=found.too_long)
    recorded.made = record_old_addresses(site.pk, [entry[:3] for entry in leading])
    return recorded


class _Addresses:
    """Targets by old path. What an item says of its address comes before what is concluded."""

    def __init__(self, export, site, pages, files):
        self.export, self.site, self.pages, self.files = export, site, pages, files
        self.root = root_of(site)
        self.start = path_in(export.address)
        self.said, self.concluded = {}, {}
        self.too_long = []
        self.unprefixed = Counter()
        self.archives = set()

    def collect(self):
        for item in self.export.read():
            self._add_item(item)
        #: The language of addresses that say none.
        common = self.unprefixed.most_common(1)
        self.default = common[0][0] if common else self.export.language or default_language()
        for term in self.export.terms.values():
            if term.taxonomy not in WITHOUT_ADDRESS and term.slug:
                self._add_term(term)
            elif term.taxonomy == "author":
                self._add_author(term.slug.removeprefix("cap-"))
        for author in self.export.authors.values():
            self._add_author(author.login, author.id)
        self._add_archives()
        self._add_feeds()

    def leading(self):
        """``(path, target, language, kind)`` of all addresses but those where the target stands."""
        targets = {**self.concluded, **self.said}
        own = self._own_addresses({target for target, *_rest in targets.values()})
        leading = []
        for address, (target, language, kind) in targets.items():
            path = Redirect.normalise_path(address)
            stands_at = own.get(target, ()) if isinstance(target, int) else [target.rstrip("/")]
            if len(path) > LONGEST:
                self.too_long.append(path)
            elif path not in stands_at:
                leading.append((path, target, language, kind))
        unique = {entry[0]: entry for entry in reversed(leading)}
        return list(unique.values())[::-1]

    def _own_addresses(self, targets):
        """Where each page stands now, by its primary key."""
        keys, own = sorted(pk for pk in targets if isinstance(pk, int)), {}
        for start in range(0, len(keys), PART):
            rows = PageLanguage.objects.filter(page_id__in=keys[start : start + PART], live=True)
            for pk, language, url_path in rows.values_list("page_id", "language", "url_path"):
                path = public_path(language, url_path, self.root) if self.root else None
                own.setdefault(pk, set()).add(Redirect.normalise_path(path or "/"))
        return own

    # Items

    def _add_item(self, item):
        target, language = self._target_of(item)
        if target is None:
            return
        kind = item.type
        self.said[f"{self.start}/?p={item.id}"] = target, language, kind
        if (file := self.files(item.id)) and (path := self._path_of(item.attachment_url)):
            self.said[path] = file, None, "file"
            self._conclude(original_path(path), file, None, "file")
        path = self._path_of(item.link)
        if path is None:
            return
        self.said[path] = target, language, kind
        if language:
            self._add_variant(path, target, language, kind)
        if kind == "post" and (dated := _DATED.match(path)):
            self.archives |= {(each, language) for each in self._archives_of(dated)}

    def _target_of(self, item):
        """The page of an item, or for a file that of the text it stands in, else the file."""
        if page := self._page(item.type, item.id):
            return page, item.language or ""
        if item.type != "attachment":
            return None, None
        for kind in ("post", "page"):
            if item.parent and (page := self._page(kind, item.parent)):
                return page, self.export.languages_of.get(item.parent, "")
        return self.files(item.id), None

    def _page(self, kind, key):
        page = self.pages.get((kind, str(key)))
        return int(page) if page else None

    def _path_of(self, link):
        """The path of an item, with the query that says its language; ``None`` if it has none."""
        try:
            parts = urlsplit(link)
            host = (parts.hostname or "").lower()
        except ValueError:
            return None
        if host not in self.export.hosts or not parts.path.strip("/"):
            return None
        language = parse_qs(parts.query).get("lang")
        return f"{parts.path}?lang={language[0]}" if language else parts.path

    def _add_variant(self, path, target, language, kind):
        """The same address with the prefix of its language, or without."""
        below = path.removeprefix(self.start)
        first = below.strip("/").partition("/")[0]
        if "?" in path or not path.startswith(self.start):
            return
        if available_language(first) and len(first) <= len("fr-ch"):
            variant = self.start + below.replace(f"/{first}", "", 1)
        else:
            variant = f"{self.start}/{language}{below}"
            self.unprefixed[language] += 1
        if variant.strip("/"):
            self._conclude(variant, target, language, kind)

    def _archives_of(self, dated):
        yield dated["year"]
        yield dated["month"]
        if dated["day"]:
            yield dated["month"] + dated["day"]

    # Lists

    def _add_list(self, path, target, language, kind):
        """An address of a list, without a prefix and with that of each of its languages."""
        self._conclude(f"{self.start}{path}", target, language or self.default, kind)
        for code in [language] if language else available_languages():
            self._conclude(f"{self.start}/{code}{path}", target, code, kind)

    def _conclude(self, path, target, language, kind):
        self.concluded.setdefault(path, (target, language, kind))

    def _add_term(self, term):
        page = self._page(term.taxonomy, term.slug)
        if page is None:
            return
        base = BASES.get(term.taxonomy, term.taxonomy)
        above = [each.slug for each in self.export.ancestors(term)]
        paths = {f"/{base}/{term.slug}", "/".join(["", base, *reversed(above), term.slug])}
        for path in sorted(paths):
            self._add_list(path, page, term.language, term.taxonomy)
            self._add_feeds_of(path, page, term.language)
        language = term.language or self.default
        if term.taxonomy == "category" and term.id:
            self._conclude(f"{self.start}/?cat={term.id}", page, language, term.taxonomy)
        if term.taxonomy == "post_tag":
            self._conclude(f"{self.start}/?tag={term.slug}", page, language, term.taxonomy)

    def _add_author(self, login, pk=0):
        names = dict.fromkeys(filter(None, (login, slugify(login))))
        page = next(filter(None, (self._page("author", name) for name in names)), None)
        if page is None:
            return
        for name in names:
            self._add_list(f"/author/{name}", page, None, "author")
            self._add_feeds_of(f"/author/{name}", page, None)
        if pk:
            # In the language of the address below which it is asked.
            self._conclude(f"{self.start}/?author={pk}", page, "", "author")

    def _add_archives(self):
        """Months and days lead to the list of articles."""
        if not self.archives or self.root is None:
            return
        lists = ArticleIndexPage.objects.filter(path__startswith=self.site.root_page.path)
        page = lists.filter(live=True).order_by("path").values_list("pk", flat=True).first()
        page = page or self.site.root_page_id
        for path, language in sorted(self.archives):
            self._conclude(path, page, language, "archive")
            self._add_variant(path, page, language, "archive")

    # Feeds

    def _add_feeds(self):
        for end, name in FEEDS.items():
            self._add_feed(f"/feed{end}", view_name(name), ())
        for end, name in FEEDS.items():
            self._add_feed(f"/?feed={end.strip('/') or 'feed'}", view_name(name), ())

    def _add_feeds_of(self, path, page, language):
        kind = self._kinds.get(page)
        if kind is not None:
            for end, name in FEEDS.items():
                self._add_feed(f"{path}/feed{end}", view_name(name, kind), (page,), language)

    @cached_property
    def _kinds(self):
        """The type of feed of each page that has one."""
        return {
            pk: kind
            for kind, (model, _view) in KINDS.items()
            for pk in model.objects.order_by().values_list("pk", flat=True)
        }

    def _add_feed(self, path, view, arguments, language=None):
        own = self._feed(language or self.default, view, arguments)
        self._conclude(f"{self.start}{path}", *own)
        for code in [language] if language else available_languages():
            address = f"{self.start}/{code}{path}"
            if f"{address}/" not in self._own_feeds:
                self._conclude(address, *self._feed(code, view, arguments))

    @cached_property
    def _own_feeds(self):
        """Where feeds of the journal stand already."""
        return {
            self._feed(code, view, ())[0]
            for code in available_languages()
            for view in VIEWS_OF_JOURNAL
        }

    def _feed(self, language, view, arguments):
        with override(language):
            return reverse(view, args=arguments), None, "feed"
