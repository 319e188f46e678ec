"""Views of the feeds."""

import uuid
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Enclosure
from django.utils.html import escape
from django.utils.http import parse_http_date, quote_etag
from wagtail.models import Site

from articles.article_lists import ArticleList
from articles.images.pictures import hero_jpeg
from articles.languages.available import active_language
from articles.languages.numbers import id_in
from articles.languages.sites import absolute
from articles.listing import visible
from articles.models import AuthorPage, JournalSettings, TopicPage
from articles.syndication.feeds.texts import attach_texts, with_bodies

LENGTH = 20


@dataclass(frozen=True)
class Source:
    """The subject of a feed: the journal, or ``page``, a topic or author."""

    request: Any
    site: Any
    settings: Any
    home: Any
    articles: Any
    page: Any = None

    @property
    def journal_name(self):
        return self.settings.name_of(self.site)


class JournalFeed(Feed):
    """The newest articles visible in the language of the address.

    ``feed_type`` is one of ``articles.syndication.feeds.formats``.
    """

    def __init__(self, feed_type):
        self.feed_type = feed_type

    def __call__(self, request, *args, **kwargs):
        response = super().__call__(request, *args, **kwargs)
        etag = quote_etag(sha256(response.content).hexdigest()[:32])
        response.headers["ETag"] = etag
        changed = parse_http_date(response.headers["Last-Modified"])
        return get_conditional_response(request, etag, changed, response)

    def get_object(self, request):
        return self.source(request)

    def source(self, request, page=None):
        site = Site.find_for_request(request)
        if site is None:
            raise Http404
        language = active_language()
        if page is None:
            articles = ArticleList(language, site.root_page_id)
        else:
            articles = page.listed_in(language)
        return Source(
            request=request,
            site=site,
            settings=JournalSettings.for_request(request),
            home=site.root_page.specific,
            articles=articles,
            page=page,
        )

    # The feed

    def title(self, source):
        if source.page is None:
            return source.journal_name
        return f"{source.journal_name} – {source.page.headline}"

    def description(self, source):
        return (
            getattr(source.page, "description", "") or source.settings.tagline or self.title(source)
        )

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
        articles = with_bodies(source.articles.ids(0, LENGTH))
        attach_texts(articles, source.request, source.settings.related_count)
        articles = visible(articles)
        for article in articles:
            article.feed_request = source.request
        return articles

    # Its items

    def item_title(self, article):
        return article.headline

    def item_description(self, article):
        return escape(article.lead)

    def item_link(self, article):
        return article.get_full_url(article.feed_request)

    def item_guid(self, article):
        """A permanent identifier, independent of the address."""
        return uuid.uuid5(article.translation_key, active_language()).urn

    item_guid_is_permalink = False

    def item_pubdate(self, article):
        return article.published_at

    def item_updateddate(self, article):
        return article.last_update or article.published_at

    def item_categories(self, article):
        return [topic.headline for topic in article.topics_shown]

    def item_enclosures(self, article):
        """The main image; its length is 0, as it is unknown without opening the file."""
        picture = hero_jpeg(article, article.feed_request)
        return [Enclosure(picture["url"], "0", "image/jpeg")] if picture else []

    def item_extra_kwargs(self, article):
        published = article.text_in("last_public_at", active_language())
        return {
            "changed": published or article.last_update or article.published_at,
            "summary": article.lead,
            "content": article.feed_text,
            "picture": hero_jpeg(article, article.feed_request),
            "authors": [_person(entry.author, article) for entry in article.byline],
            "related": [
                {"title": each.headline, "url": each.get_full_url(article.feed_request)}
                for each in article.feed_related
            ],
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


def _person(author, article):
    readable = author.is_visible_in(active_language())
    url = author.get_full_url(article.feed_request) if readable else ""
    return {"name": author.headline or author.title, "url": url}
