"""The entries of feeds, common to all formats and cached in memory."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.urls import get_script_prefix
from wagtail.models import Site

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.images.pictures import hero_jpeg
from diptych.articles.languages.config.language_config import active_language
from diptych.articles.lists.pagination import visible
from diptych.articles.syndication.feeds.texts import attach_texts, typesetter, with_bodies


@dataclass(frozen=True)
class Entry:
    """An article in a feed. All URLs are absolute, and all texts but names are typeset.

    ``guid`` is a permanent identifier, independent of the address. ``picture`` is as
    :func:`~diptych.articles.images.pictures.hero_jpeg` has it; ``authors`` have ``name`` and
    ``url``, ``related`` articles ``title`` and ``url``.
    """

    pk: int
    guid: str
    url: str
    headline: str
    lead: str
    text: str
    published_at: datetime | None
    updated_at: datetime | None
    changed_at: datetime | None
    topics: list
    authors: list
    related: list
    picture: dict | None


#: The entries of articles: with long texts 50 kB each, 10 MB in all.
_entries = TaggedCache(size=200)


def entries_of(ids, request, related_count):
    """The :class:`Entry` of each of these articles, in this order, on the site of ``request``.

    They are those that any visitor may see in the active language. Only those that are not in
    memory are fetched, by a constant number of queries.
    """
    site, language = Site.find_for_request(request), active_language()

    def make(missing):
        articles = with_bodies(missing)
        attach_texts(articles, request, related_count)
        typeset = typesetter(request)
        return {each.pk: _entry(each, request, typeset) for each in visible(articles)}

    def tags_of(entry):
        # Changes of linked articles, authors and topics invalidate lists.
        of_article = (f"page:{entry.pk}", f"related:{entry.pk}")
        return (*of_article, f"list:{language}", f"texts:{language}", *OF_ALL)

    found = _entries.get_many((site.pk, language, get_script_prefix()), ids, make, tags_of)
    return [found[pk] for pk in ids if pk in found]


#: Tags that any text may depend on.
OF_ALL = ("image:any", "settings", "theme")


def _entry(article, request, typeset):
    said = card_values_of(article, request, typeset)
    return Entry(
        **said,
        guid=guid_of(article.translation_key),
        text=article.feed_text,
        changed_at=article.text_in("last_public_at", active_language()) or said["updated_at"],
        authors=[_person(entry.author, request) for entry in article.byline],
        related=[
            {"title": typeset(each.headline), "url": each.get_full_url(request)}
            for each in article.feed_related
        ],
        picture=hero_jpeg(article, request),
    )


def card_values_of(article, request, typeset):
    """The values of an :class:`Entry` that can be read from a card of the article."""
    return {
        "pk": article.pk,
        "url": article.get_full_url(request),
        "headline": typeset(article.headline),
        "lead": typeset(article.lead),
        "published_at": article.published_at,
        "updated_at": article.last_update or article.published_at,
        "topics": [typeset(topic.headline) for topic in article.topics_shown],
    }


def guid_of(translation_key):
    """The identifier of an article in the active language, independent of its URL."""
    return uuid.uuid5(translation_key, active_language()).urn


def _person(author, request):
    readable = author.is_visible_in(active_language())
    url = author.get_full_url(request) if readable else ""
    return {"name": author.headline or author.title, "url": url}
