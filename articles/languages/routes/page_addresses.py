"""The addresses of a page, in each language it is live in."""

from copy import copy

from django.db import models
from django.http import HttpRequest
from django.utils.translation import override
from wagtail.coreutils import WAGTAIL_APPEND_SLASH
from wagtail.models import Page, Site

from diptych.articles.languages.config.language_config import (
    active_language,
    available_languages,
)
from diptych.articles.languages.config.wagtail_compat import site_root_paths
from diptych.articles.languages.routes.hosts import languages_at, root_in
from diptych.articles.languages.routes.public_urls import (
    on_host_of,
    public_path,
    root_of,
)
from diptych.articles.languages.routes.routing import find_below_root


class PageAddressesMixin(models.Model):
    """The languages in which a page is live, from its rows of the table, and its addresses."""

    class Meta:
        abstract = True

    @property
    def language_rows(self):
        """This page's rows of the page × language table, read once for each instance."""
        if "_language_rows" not in self.__dict__:
            # A page that is previewed before it is first saved has none.
            self._language_rows = list(self.languages.in_use()) if self.pk else []
        return self._language_rows

    @language_rows.setter
    def language_rows(self, rows):
        self._language_rows = rows

    def clear_language_rows(self):
        self.__dict__.pop("_language_rows", None)

    def refresh_from_db(self, *args, **kwargs):
        self.clear_language_rows()
        super().refresh_from_db(*args, **kwargs)

    @property
    def live_languages(self) -> list[str]:
        """The languages readers can see this page in, the default one first."""
        if not self.live:
            return []
        live = {row.language for row in self.language_rows if row.live}
        return [code for code in available_languages() if code in live]

    def is_live_in(self, language: str) -> bool:
        return language in self.live_languages

    def is_visible_in(self, language: str) -> bool:
        """Whether any visitor may see this page in ``language``; see ``visible_in``."""
        rows = [row for row in self.language_rows if row.language == language]
        return self.live and any(row.live and not row.is_private for row in rows)

    @property
    def visible_languages(self) -> list[str]:
        """The languages in which any visitor may see this page, the default one first."""
        return [code for code in self.live_languages if self.is_visible_in(code)]

    def address_in(self, language: str) -> str:
        """This page's path in the tree in one language, as ``url_path`` is in Wagtail."""
        for row in self.language_rows:
            if row.language == language:
                return row.url_path
        return self.url_path

    def linked_language(self):
        """The language a link to this page leads to: the active one, else one that is live."""
        active = active_language()
        live = self.live_languages
        return active if active in live or not live else self.default_language_of(live)

    def get_url_parts(self, request=None):
        language = self.linked_language()
        path = self.address_in(language)
        roots = site_root_paths(self, request)
        roots = [each for each in roots if path.startswith(each.root_path)]
        if len({each.site_id for each in roots}) == 1 and self._has_usual_url_parts:
            root = roots[0]
        else:
            parts = self._usual_url_parts(path, language, request)
            root = parts and next((each for each in roots if each.site_id == parts[0]), None)
            if not root:
                return parts
        root = root_in(language, root)
        path = public_path(language, path, root)
        if path and not WAGTAIL_APPEND_SLASH and path != "/":
            path = path.rstrip("/")
        return root.site_id, root.root_url, path

    @property
    def _has_usual_url_parts(self):
        return super().get_url_parts.__func__ is Page.get_url_parts

    def _usual_url_parts(self, url_path, language, request):
        """What the page would answer at ``url_path``: which of several sites it is on."""
        # Threads share pages that are kept in memory, so not even for a moment is one altered.
        page = copy(self)
        page.url_path = url_path
        with override(language):
            return super(PageAddressesMixin, page).get_url_parts(request)

    def url_in(self, language: str, request: HttpRequest | None = None) -> str | None:
        """The address in ``language``, or ``None`` when the page is not live in it."""
        if language not in self.live_languages:
            return None
        with override(language):
            return self.get_url(request)

    def full_url_in(self, language: str, request: HttpRequest | None = None) -> str | None:
        """The absolute address in ``language``, or ``None`` when the page is not live in it."""
        if language not in self.live_languages:
            return None
        with override(language):
            return self.get_full_url(request)

    def url_where_missing(self, language, request):
        """The address at which readers of ``language`` are told that this is not live in it.

        The page's own address there may be that of a draft, which is nobody's to know: so it is
        that of a language it is live in, below the prefix of the other one. ``None`` where another
        page stands there, and for a page that is live in ``language``, or on another site.
        """
        site, live = Site.find_for_request(request), self.live_languages
        root = root_of(site)
        url_path = self.address_in(self.default_language_of(live)) if live else ""
        if language in live or not (root and url_path.startswith(root.root_path)):
            return None
        components = [each for each in url_path.removeprefix(root.root_path).split("/") if each]
        if components:
            match = find_below_root(request, site.root_page, components, language)
            if match is None or match.page_id != self.pk:
                return None
        address = public_path(language, url_path, root_in(language, root))
        return address and on_host_of(language, address, request)

    def alternates(self, request: HttpRequest | None = None) -> list[dict[str, str | None]]:
        """``{"lang_code", "location"}`` for each language that any visitor may see."""
        return [
            {"lang_code": code, "location": self.full_url_in(code, request)}
            for code in self.visible_languages
        ]

    def default_alternate(self, request: HttpRequest | None = None) -> str | None:
        """The address for readers of any other language, ``hreflang="x-default"``."""
        language = self.default_language_of(self.visible_languages)
        return self.full_url_in(language, request) if language else None

    def default_language_of(self, languages):
        """Which of ``languages`` readers of any other one get: the source, else the first."""
        if self.source_language in languages:
            return self.source_language
        return languages[0] if languages else None

    def canonical_page_in(self, language):
        """The page whose address search engines get for this text in ``language``.

        That is the original of an alias, where any visitor may see it on one of the sites.
        """
        if not self.alias_of_id:
            return self
        original = type(self)._default_manager.filter(pk=self.alias_of_id).first()
        if original is None or not original.is_visible_in(language):
            return self
        return original if original.full_url_in(language) else self

    def get_sitemap_urls(self, request=None):
        alternates = self.alternates(request)
        root = root_of(Site.find_for_request(request)) if request else None
        here = languages_at(root) if root else available_languages()
        default = {"lang_code": "x-default", "location": self.default_alternate(request)}
        return [
            {
                "location": each["location"],
                "lastmod": self.text_in("updated_at", each["lang_code"])
                or self.text_in("first_public_at", each["lang_code"]),
                "alternates": [*alternates, default],
            }
            for each in alternates
            if each["lang_code"] in here
        ]
