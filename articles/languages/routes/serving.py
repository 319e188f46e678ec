"""Addresses and answers of a page in each language."""

from copy import copy
from urllib.parse import quote

from django.conf import settings
from django.db import models
from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from wagtail import hooks
from wagtail.coreutils import WAGTAIL_APPEND_SLASH
from wagtail.models import PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from diptych.articles.languages.config.fields import readable_columns, served_columns
from diptych.articles.languages.config.language_config import (
    active_language,
    available_language,
    available_languages,
    column,
    language_choices,
    language_name,
    translated_language_name,
)
from diptych.articles.languages.config.wagtail_compat import site_root_paths
from diptych.articles.languages.index.querysets import plain
from diptych.articles.languages.routes.hosts import languages_at, root_in
from diptych.articles.languages.routes.other_pages import (
    is_asked,
    is_for_wagtail,
    redirect_permanently,
)
from diptych.articles.languages.routes.public_urls import (
    on_host_of,
    public_path,
    root_of,
)
from diptych.articles.languages.routes.redirects_followed import redirect_stands_at
from diptych.articles.languages.routes.routing import find_below, find_below_root, find_child

#: The hook for variables that other applications add to the templates of pages: called with the
#: page and the request, it returns a dictionary.
CONTEXT = "register_diptych_page_context"


class ServingMixin(models.Model):
    """Answer requests in the language of their address, and only with text of that language."""

    unavailable_template = "diptych_languages/unavailable.html"
    unwritten_template = "diptych_languages/unwritten.html"
    #: Relations to fetch in the same query when the page is served.
    select_when_served = ()

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        """Wagtail's, with the context that other applications add by the hook :data:`CONTEXT`."""
        context = super().get_context(request, *args, **kwargs)
        for add in hooks.get_hooks(CONTEXT):
            context.update(add(self, request) or {})
        return context

    # Addresses

    @property
    def language_rows(self):
        """This page's rows of the page × language table, read once for each instance."""
        if "_language_rows" not in self.__dict__:
            # A page that is previewed before it is first saved has none.
            self._language_rows = list(self.languages.in_use()) if self.pk else []
        return self._language_rows

    def clear_language_rows(self):
        self.__dict__.pop("_language_rows", None)

    def refresh_from_db(self, *args, **kwargs):
        self.clear_language_rows()
        super().refresh_from_db(*args, **kwargs)

    @property
    def live_languages(self):
        """The languages readers can see this page in, the default one first."""
        if not self.live:
            return []
        live = {row.language for row in self.language_rows if row.live}
        return [code for code in available_languages() if code in live]

    def is_live_in(self, language):
        return language in self.live_languages

    def is_visible_in(self, language):
        """Whether any visitor may see this page in ``language``; see ``visible_in``."""
        rows = [row for row in self.language_rows if row.language == language]
        return self.live and any(row.live and not row.is_private for row in rows)

    @property
    def visible_languages(self):
        """The languages in which any visitor may see this page, the default one first."""
        return [code for code in self.live_languages if self.is_visible_in(code)]

    def address_in(self, language):
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
        # Threads share pages that are kept in memory, so not even for a moment is one altered.
        page = copy(self)
        page.url_path = self.address_in(language)
        with override(language):
            parts = super(ServingMixin, page).get_url_parts(request)
        roots = site_root_paths(self, request)
        root = parts and next(
            (
                each
                for each in roots
                if each.site_id == parts[0] and page.url_path.startswith(each.root_path)
            ),
            None,
        )
        if not root:
            return parts
        root = root_in(language, root)
        path = public_path(language, page.url_path, root)
        if path and not WAGTAIL_APPEND_SLASH and path != "/":
            path = path.rstrip("/")
        return root.site_id, root.root_url, path

    def url_in(self, language, request=None):
        """The address in ``language``, or ``None`` when the page is not live in it."""
        if language not in self.live_languages:
            return None
        with override(language):
            return self.get_url(request)

    def full_url_in(self, language, request=None):
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

    def alternates(self, request=None):
        """``{"lang_code", "location"}`` for each language that any visitor may see."""
        return [
            {"lang_code": code, "location": self.full_url_in(code, request)}
            for code in self.visible_languages
        ]

    def default_alternate(self, request=None):
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

    # Requests

    #: Whether the look-up that a request began with has found nothing that keeps visitors out.
    is_known_public = False

    def get_view_restrictions(self):
        """As Wagtail's, which need not be looked for where there are none."""
        if self.is_known_public:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def route(self, request, path_components):
        if is_for_wagtail(request):
            return self._route_for_wagtail(request, path_components)
        if not path_components:
            return self._route_here(request)
        match = find_below(request, self, path_components, active_language())
        if match is None:
            return self._route_to_other_page(request, path_components)
        return follow(request, match)

    def _route_here(self, request):
        """The answer at the page's own address, for which a page may have a route of its own."""
        live = self.live_languages
        if active_language() in live:
            return super().route(request, [])
        if live:
            return RouteResult(self, kwargs={"answer": "unavailable"})
        raise Http404

    def _route_for_wagtail(self, request, path_components):
        """The answer at an address without a language, where Wagtail's own view is asked.

        It leads to this page's own address; pages of other types below it are served there.
        """
        result = RouteResult(self)
        if path_components:
            result = super().route(request, path_components)
        if result.page is not self:
            return result
        if not self.live_languages or redirect_stands_at(request):
            raise Http404
        return RouteResult(self, kwargs={"answer": "elsewhere", "below": path_components})

    def _route_to_other_page(self, request, path_components):
        """A child under its slug of another language; else sub-routes and pages of other kinds.

        No address holds a NUL, which PostgreSQL refuses to look for.
        """
        if any("\0" in each for each in path_components):
            raise Http404
        match = find_child(self, path_components, active_language())
        if match:
            return follow(request, match)
        answer = super().route(request, path_components)
        if answer.page is self and active_language() not in self.live_languages:
            return self._route_here(request)
        children = self.get_children().filter(slug=path_components[0])
        if children.filter(languages__isnull=False).exists():
            raise Http404
        return answer

    def serve(self, request, *args, answer=None, below=(), **kwargs):
        instead = self.answer_instead(request, answer, below) if answer else None
        return super().serve(request, *args, **kwargs) if instead is None else instead

    def answer_instead(self, request, answer, below=()):
        """The response that replaces this page, whose ``route`` gave ``answer`` and ``below``.

        ``None`` where the page itself is to be served.
        """
        if answer == "moved":
            url = self.get_url(request)
            is_here = url is None or is_asked(request, url)
            return None if is_here else HttpResponsePermanentRedirect(url)
        if answer == "unavailable":
            return self.serve_unavailable(request)
        return self._answer_for_wagtail(request, below) if answer == "elsewhere" else None

    def _answer_for_wagtail(self, request, below):
        """Redirect to the page's own address; at the root of the host, in the reader's language.

        ``below`` is the rest of the path, where the page has routes of its own. ``None`` where no
        language has addresses of its own, which `check` reports.
        """
        if request.path_info == "/":
            return self.redirect_to_language(request)
        url = self.url_in(self.default_language_of(self.live_languages), request)
        if url is None or is_asked(request, url):
            return None
        if below:
            end = "/" if url.endswith("/") else ""
            url = f"{url.rstrip('/')}/{'/'.join(map(quote, below))}{end}"
        return redirect_permanently(request, url)

    def redirect_to_language(self, request):
        """Redirect to this page in a language it is live in, the first that the reader prefers.

        The language they chose comes first, then the first one of their browser's that fits, then
        the site's default.
        """
        live = self.live_languages
        preferred = available_language(get_language_from_request(request))
        url = self.url_in(preferred if preferred in live else live[0], request)
        if url is None:
            raise Http404("The page is not below the root of a site.")
        response = HttpResponseRedirect(url)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    def serve_unavailable(self, request):
        """Answer 404 with the languages in which the page is live, in the language asked for."""
        context = self.get_context_unavailable(request)
        return TemplateResponse(request, self.unavailable_template, context, status=404)

    def get_context_unavailable(self, request):
        """The context of the answer where the page is not live in the language asked for.

        ``is_untranslated`` is false where the page was written in that language or public in it.
        """
        language = active_language()
        return {
            "page": self,
            "language_name": translated_language_name(language),
            "is_untranslated": language != self.source_language
            and not self.text_in("first_public_at", language),
            "alternatives": self.available_versions(request),
        }

    def available_versions(self, request=None):
        """A dictionary for each language the page is live in.

        ``code``, ``headline`` and ``url``, the ``name`` of the language in itself, and its
        ``translated_name`` in the active one.
        """
        return [
            {
                "code": code,
                "name": language_name(code),
                "translated_name": translated_language_name(code),
                "headline": self.text_in("headline", code),
                "url": self.url_in(code, request),
            }
            for code in self.live_languages
        ]

    # Previews

    @property
    def preview_modes(self):
        return language_choices()

    #: The language a preview opens in, where somebody works on one.
    preview_language = None

    @property
    def default_preview_mode(self):
        """The source language, or the first one in which there is something to see."""
        if self.preview_language:
            return self.preview_language
        written = self.languages_written()
        return written[0] if written else self.source_language

    def language_of_preview(self, mode_name):
        return mode_name if mode_name in available_languages() else self.default_preview_mode

    def make_preview_request(
        self, original_request=None, preview_mode=None, extra_request_attrs=None
    ):
        """As Wagtail's, in the language of the mode: see :class:`LocaleMiddleware`.

        It is that also where a page type has a ``serve_preview`` of its own.
        """
        attributes = {
            **(extra_request_attrs or {}),
            "diptych_preview_language": self.language_of_preview(preview_mode),
        }
        return super().make_preview_request(original_request, preview_mode, attributes)

    def serve_preview(self, request, mode_name):
        with override(self.language_of_preview(mode_name)):
            if self.is_unwritten_in(active_language()):
                response = self._serve_unwritten(request)
            else:
                response = super().serve_preview(request, mode_name)
            return response.render() if hasattr(response, "render") else response

    def is_unwritten_in(self, language):
        """Whether all readable columns of this page are empty in ``language``."""
        columns = readable_columns(type(self), language)
        return not any(getattr(self, name) for name in columns)

    def _serve_unwritten(self, request):
        """Answer that there is nothing to preview, instead of showing a page without words."""
        context = {
            "page": self,
            "language_name": translated_language_name(active_language()),
            "tab_name": language_name(active_language()),
        }
        return TemplateResponse(request, self.unwritten_template, context)


def follow(request, match):
    """The answer to a request for the page of ``match``, as Wagtail's ``route`` gives it.

    At its own address the page answers itself. At an address of another language the reader
    is sent to the right one, or told in which languages the page can be read; a redirect that
    stands at that address comes before both.
    """
    language = active_language()
    page = _fetch(request, match)
    page._language_rows = match.rows
    # An alias follows a page that may follow another, however far; Wagtail goes all the way.
    page.is_known_public = not (page.alias_of_id or any(row.is_private for row in match.rows))
    if match.language == language:
        return page.route(request, match.remaining)
    if redirect_stands_at(request) or not page.live_languages:
        raise Http404
    answer = "moved" if page.is_live_in(language) else "unavailable"
    return RouteResult(page, kwargs={"answer": answer})


def _fetch(request, match):
    """The page of ``match``; for visitors without the columns of the other languages."""
    model = match.model
    pages = plain(model)
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and issubclass(model, ServingMixin):
        pages = pages.only(*served_columns(model, active_language()))
    relations = getattr(model, "select_when_served", ())
    # Without names Django would follow every foreign key of the page, and theirs.
    return (pages.select_related(*relations) if relations else pages).get(pk=match.page_id)


class StatusMixin(models.Model):
    """Adds the languages a page is live in to Wagtail's status, which knows a single state."""

    class Meta:
        abstract = True

    @property
    def status_string(self):
        """As "live (FR)" or "live (FR) + draft"; the codes, since columns of lists are narrow."""
        status = super().status_string
        codes = [code.upper() for code in self._languages_shown()] if self.live else []
        if not codes:
            return status
        live, *others = str(status).split(" + ")
        return " + ".join([f"{live} ({', '.join(codes)})", *others])

    def _languages_shown(self):
        """The languages this page is live in, also where a list has left out its own columns.

        Each of these would be a query; the rows are read for the page's address in any case.
        """
        columns = {code: column("is_public", code) for code in available_languages()}
        if not self.get_deferred_fields().isdisjoint(columns.values()):
            return self.live_languages
        return [code for code, name in columns.items() if getattr(self, name)]
