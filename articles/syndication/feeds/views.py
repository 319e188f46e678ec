"""Views of the feeds."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Enclosure
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.http import parse_http_date, quote_etag

from diptych.articles.caching.cacheable_responses import tags_of_all
from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.languages.config.language_config import (
    active_language,
    available_languages,
    language_name,
)
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.index.sites import absolute
from diptych.articles.lists.article_lists import ArticleList
from diptych.articles.lists.open_languages import open_site
from diptych.articles.models import AuthorPage, JournalSettings, TopicPage
from diptych.articles.syndication.feeds.entries import entries_of
from diptych.articles.syndication.feeds.texts import typesetter

LENGTH = 20

#: The ``ETag`` and ``Last-Modified`` of feeds by address.
_validators = TaggedCache()
#: The front pages of sites, with their addresses.
_homes = TaggedCache()


@dataclass(frozen=True)
class Source:
    """The subject of a feed: the journal, or ``page``, a topic or author."""

    request: Any
    site: Any
    settings: Any
    home: Any
    articles: Any
    page: Any = None

    @cached_property
    def typeset(self):
        return typesetter(self.request)

    @property
    def journal_name(self):
        return self.settings.name_of(self.site)

    @property
    def name(self):
        """The name of the journal and, if any, that of the topic or author."""
        return f"{self.journal_name} – {self.page.headline}" if self.page else self.journal_name


class JournalFeed(Feed):
    """The newest articles visible in the language of the address.

    ``feed_type`` is one of ``diptych.articles.syndication.feeds.formats``.
    """

    def __init__(self, feed_type):
        self.feed_type = feed_type

    def __call__(self, request, *args, **kwargs):
        """The feed, or status 304; rendered only if needed."""
        render = cache(lambda: self._rendered(request, *args, **kwargs))
        address = f"{request.scheme}://{request.get_host()}{request.path}"
        tags = tags_of_all("diptych_feed", request.path_info)
        headers = _validators.get(address, tags, lambda: _validators_of(render()))
        without_content = HttpResponse(headers=headers)
        date = headers.get("Last-Modified")
        changed = parse_http_date(date) if date else None
        answer = get_conditional_response(request, headers["ETag"], changed, without_content)
        return render() if answer is without_content else answer

    def _rendered(self, request, *args, **kwargs):
        """The feed with an ``ETag`` of its content."""
        response = super().__call__(request, *args, **kwargs)
        response.headers["ETag"] = quote_etag(sha256(response.content).hexdigest()[:32])
        return response

    def get_object(self, request):
        return self.source(request)

    def source(self, request, page=None):
        site, language = open_site(request), active_language()
        if page is None:
            articles = ArticleList(language, site.root_page_id)
        else:
            articles = page.listed_in(language)
        return Source(
            request=request,
            site=site,
            settings=JournalSettings.for_request(request),
            home=_home_of(site),
            articles=articles,
            page=page,
        )

    # The feed

    def title(self, source):
        """The journal, and the topic or author."""
        return self.in_language(source.typeset(source.name))

    @staticmethod
    def in_language(title):
        """``title`` with the name of the active language, where there are several."""
        if len(available_languages()) == 1:
            return title
        return f"{title} ({language_name(active_language())})"

    def description(self, source):
        described = getattr(source.page, "description", "") or source.settings.tagline
        return source.typeset(described or source.name)

    subtitle = description

    def link(self, source):
        return (source.page or source.home).get_full_url(source.request)

    def feed_url(self, source):
        return absolute(source.request.path, source.request)

    def author_name(self, source):
        return source.journal_name

    def author_link(self, source):
        return source.home.get_full_url(source.request)

    def feed_extra_kwargs(self, source):
        page = source.page or source.home
        return {"since": getattr(page, "last_public_at", None) or page.first_published_at}

    def items(self, source):
        ids = source.articles.ids(0, LENGTH)
        return entries_of(ids, source.request, source.settings.related_count)

    # Its items

    def item_title(self, entry):
        return entry.headline

    def item_description(self, entry):
        return escape(entry.lead)

    def item_link(self, entry):
        return entry.url

    def item_guid(self, entry):
        return entry.guid

    item_guid_is_permalink = False

    def item_pubdate(self, entry):
        return entry.published_at

    def item_updateddate(self, entry):
        return entry.updated_at

    def item_categories(self, entry):
        return entry.topics

    def item_enclosures(self, entry):
        """The main image; its length is 0, as it is unknown without opening the file."""
        picture = entry.picture
        return [Enclosure(picture["url"], "0", "image/jpeg")] if picture else []

    def item_extra_kwargs(self, entry):
        return {
            "changed": entry.changed_at,
            "summary": entry.lead,
            "content": entry.text,
            "picture": entry.picture,
            "authors": entry.authors,
            "related": entry.related,
        }


class TopicFeed(JournalFeed):
    """The newest articles on one topic."""

    model = TopicPage

    def get_object(self, request, pk):
        pages = self.model.objects.visible_in(active_language()).with_addresses()
        page = get_object_or_404(pages, pk=id_in(str(pk)))
        source = self.source(request, page)
        if not page.is_descendant_of(source.site.root_page):
            raise Http404
        return source


class AuthorFeed(TopicFeed):
    """The newest articles of one author."""

    model = AuthorPage


def _home_of(site):
    def read(ids):
        home = site.root_page.specific
        getattr(home, "language_rows", None)
        return {home.pk: home}

    return _homes.get_pages("home", [site.root_page_id], read)[site.root_page_id]


def _validators_of(response):
    names = ("ETag", "Last-Modified")
    return {name: response.headers[name] for name in names if name in response.headers}
