"""The answers of a page to requests, in the language of their address."""

from enum import StrEnum
from urllib.parse import quote

from django.conf import settings
from django.db import models
from django.http import (
    Http404,
    HttpRequest,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from diptych.articles.languages.config.fields import served_columns
from diptych.articles.languages.config.language_config import (
    active_language,
    available_language,
    language_name,
    translated_language_name,
)
from diptych.articles.languages.config.wagtail_compat import set_parent
from diptych.articles.languages.index.compiled import instances_of
from diptych.articles.languages.index.querysets import plain
from diptych.articles.languages.routes.other_pages import (
    is_asked,
    is_for_wagtail,
    redirect_permanently,
)
from diptych.articles.languages.routes.page_addresses import PageAddressesMixin
from diptych.articles.languages.routes.previews import PreviewsMixin
from diptych.articles.languages.routes.redirects_followed import redirect_stands_at
from diptych.articles.languages.routes.routing import find_below, find_child

#: The hook for variables that other applications add to the templates of pages: called with the
#: page and the request, it returns a dictionary.
CONTEXT = "register_diptych_page_context"


class Answer(StrEnum):
    """What ``serve`` does where it does not serve the page itself, as ``route`` has found."""

    MOVED = "moved"  #: redirects to the page's own address in the language
    UNAVAILABLE = "unavailable"  #: names the languages in which the page is live
    ELSEWHERE = "elsewhere"  #: redirects to an address in a language


class ServingMixin(PageAddressesMixin, PreviewsMixin, models.Model):
    """Answer requests in the language of their address, and only with text of that language."""

    unavailable_template = "diptych_languages/unavailable.html"
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
        self.is_known_public = _is_public(self, self.language_rows)
        if active_language() in live:
            return super().route(request, [])
        if live:
            return RouteResult(self, kwargs={"answer": Answer.UNAVAILABLE})
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
        return RouteResult(self, kwargs={"answer": Answer.ELSEWHERE, "below": path_components})

    def _route_to_other_page(self, request, path_components):
        """A child under its slug of another language; else sub-routes and pages of other kinds.

        No address holds a NUL, which PostgreSQL refuses to look for.
        """
        if any("\0" in each for each in path_components):
            raise Http404
        match = find_child(self, path_components, active_language())
        if match:
            return follow(request, match)
        if super().route.__func__ is Page.route:
            return self._route_to_untranslated(request, *path_components)
        answer = super().route(request, path_components)
        if answer.page is self and active_language() not in self.live_languages:
            return self._route_here(request)
        children = self.get_children().filter(slug=path_components[0])
        if children.filter(languages__isnull=False).exists():
            raise Http404
        return answer

    def _route_to_untranslated(self, request, slug, *remaining):
        """As Wagtail's ``route``, to a child of a type without languages."""
        values = self.path, self.depth + 1, slug
        child = next(iter(instances_of(Page, _child_at, (Page,), values)), None)
        if child is None or child.languages.exists():
            raise Http404
        set_parent(child, self)
        return child.specific.route(request, [*remaining])

    def serve(self, request, *args, answer=None, below=(), **kwargs):
        instead = self.answer_instead(request, answer, below) if answer else None
        return super().serve(request, *args, **kwargs) if instead is None else instead

    def answer_instead(self, request, answer, below=()):
        """The response that replaces this page, whose ``route`` gave ``answer`` and ``below``.

        ``None`` where the page itself is to be served.
        """
        if answer == Answer.MOVED:
            url = self.get_url(request)
            is_here = url is None or is_asked(request, url)
            return None if is_here else HttpResponsePermanentRedirect(url)
        if answer == Answer.UNAVAILABLE:
            return self.serve_unavailable(request)
        return self._answer_for_wagtail(request, below) if answer == Answer.ELSEWHERE else None

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

    def available_versions(self, request: HttpRequest | None = None) -> list[dict[str, str | None]]:
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


def follow(request, match):
    """The answer to a request for the page of ``match``, as Wagtail's ``route`` gives it.

    At its own address the page answers itself. At an address of another language the reader
    is sent to the right one, or told in which languages the page can be read; a redirect that
    stands at that address comes before both.
    """
    language = active_language()
    page = _fetch(request, match)
    page._language_rows = match.rows
    page.is_known_public = _is_public(page, match.rows)
    if match.language == language:
        return page.route(request, match.remaining)
    if redirect_stands_at(request) or not page.live_languages:
        raise Http404
    answer = Answer.MOVED if page.is_live_in(language) else Answer.UNAVAILABLE
    return RouteResult(page, kwargs={"answer": answer})


def _is_public(page, rows):
    """Whether any visitor may see ``page``, by its ``rows`` in all languages.

    An alias follows a page that may follow another, however far; Wagtail goes all the way.
    """
    return not (page.alias_of_id or any(row.is_private for row in rows))


def _fetch(request, match):
    """The page of ``match``; for visitors without the columns of the other languages."""
    model = match.model
    is_visitor = settings.SESSION_COOKIE_NAME not in request.COOKIES
    is_translated = issubclass(model, ServingMixin)
    language = active_language() if is_visitor and is_translated else None
    relations = getattr(model, "select_when_served", ())
    # Without names Django would follow every foreign key of the page, and theirs.
    if relations:
        return _served(model, language, match.page_id).select_related(*relations).get()
    found = instances_of(model, _served, (model, language), (match.page_id,))
    if not found:
        raise model.DoesNotExist
    return found[0]


def _child_at(model, branch, depth, slug):
    return plain(model).filter(path__startswith=branch, depth=depth, slug=slug)


def _served(model, language, pk):
    """The page to be served, with the columns of ``language``, or all of them if it is ``None``."""
    pages = plain(model).filter(pk=pk)
    return pages if language is None else pages.only(*served_columns(model, language))
