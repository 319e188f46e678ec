"""The podcast of the journal in each language: its articles that can be heard, as RSS."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import path, reverse
from django.utils.feedgenerator import Enclosure
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from diptych.articles.languages.config.language_config import active_language, column
from diptych.articles.languages.index.querysets import plain
from diptych.articles.languages.index.sites import absolute
from diptych.articles.lists.cards import cached_cards
from diptych.articles.models import ArticlePage
from diptych.articles.recordings.audio import Recording, recordings_in
from diptych.articles.syndication.feeds.addresses import FeedAddress
from diptych.articles.syndication.feeds.entries import Entry, card_values_of, guid_of
from diptych.articles.syndication.feeds.formats import RssFeed
from diptych.articles.syndication.feeds.views import JournalFeed

PODCAST = "diptych_podcast"
#: Episodes, the newest first.
LENGTH = 100
#: Media types as podcast directories name them, where they differ from those of browsers.
MEDIA_TYPES = {"audio/mp4": "audio/x-m4a"}


def podcast_of(settings):
    """The :class:`FeedAddress` of the podcast in the active language, by the journal's settings.

    ``None`` where articles cannot be heard.
    """
    if settings is None or not settings.has_recordings:
        return None
    return FeedAddress("application/rss+xml", _("Podcast"), reverse(PODCAST))


@dataclass(frozen=True)
class Episode(Entry):
    """An article in the podcast, without its text."""

    recording: Recording | None = None


class PodcastRss(RssFeed):
    """RSS with the elements that Apple’s directory asks for, which others read too."""

    def rss_attributes(self):
        namespace = "http://www.itunes.com/dtds/podcast-1.0.dtd"
        return {**super().rss_attributes(), "xmlns:itunes": namespace}

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        feed = self.feed
        handler.addQuickElement("itunes:author", feed["author_name"])
        handler.addQuickElement("itunes:explicit", "false")
        if feed["category"]:
            handler.addQuickElement("itunes:category", None, {"text": feed["category"]})
        if feed["cover"]:
            handler.addQuickElement("itunes:image", None, {"href": feed["cover"]})
        if feed["contact"]:
            handler.startElement("itunes:owner", {})
            handler.addQuickElement("itunes:name", feed["author_name"])
            handler.addQuickElement("itunes:email", feed["contact"])
            handler.endElement("itunes:owner")

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        names = ", ".join(author["name"] for author in item["authors"])
        if names:
            handler.addQuickElement("itunes:author", names)
        handler.addQuickElement("itunes:explicit", "false")


class PodcastFeed(JournalFeed):
    """The newest articles that any visitor may read and hear in the language of the address."""

    def get_object(self, request):
        source = super().get_object(request)
        if not source.settings.has_recordings:
            raise Http404
        return source

    def _rendered(self, request, *args, **kwargs):
        """The feed without a date of its last change: a recording of an older article has none."""
        response = super()._rendered(request, *args, **kwargs)
        response.headers.pop("Last-Modified", None)
        return response

    def title(self, source):
        name = source.typeset(f"{source.journal_name} – {_('Podcast')}")
        return self.in_language(name)

    def feed_extra_kwargs(self, source):
        # It may have been deleted while the settings are in the memory of this process.
        cover = plain(get_image_model()).filter(pk=source.settings.podcast_cover_id).first()
        return {
            **super().feed_extra_kwargs(source),
            "category": source.settings.podcast_category,
            "contact": source.settings.contact_email,
            "cover": absolute(cover.file.url, source.request) if cover else "",
        }

    def items(self, source):
        key = f"{column('recording', active_language())}_id"
        heard = source.articles.narrowed(**{f"article__{key}__isnull": False})
        ids = heard.ids(0, LENGTH)
        articles = plain(ArticlePage).filter(pk__in=ids)
        rows = list(articles.values_list("pk", key, "translation_key"))
        recordings = recordings_in(document for _pk, document, _key in rows)
        heard = {pk: (recordings[each], key) for pk, each, key in rows if each in recordings}
        cards = cached_cards([pk for pk in ids if pk in heard])
        return [_episode(card, source, *heard[card.pk]) for card in cards]

    def item_enclosures(self, entry):
        recording = entry.recording
        media_type = MEDIA_TYPES.get(recording.media_type, recording.media_type)
        return [Enclosure(recording.url, str(recording.size), media_type)]


def _episode(article, source, recording, translation_key):
    said = card_values_of(article, source.request, source.typeset)
    return Episode(
        **said,
        guid=guid_of(translation_key),
        text="",
        changed_at=said["updated_at"],
        authors=[{"name": name, "url": ""} for name in article.author_names],
        related=[],
        picture=None,
        recording=recording.at(source.request),
    )


urlpatterns = [path("feed/podcast/", PodcastFeed(PodcastRss), name=PODCAST)]
