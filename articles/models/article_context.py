"""What the pages of an article show, each at an address of its own, as context of a template."""

from django.db import models
from django.utils.functional import SimpleLazyObject
from django.utils.translation import override
from wagtail.blocks import StreamValue
from wagtail.images import get_image_model

from diptych.articles.blocks.alignment import aligned
from diptych.articles.images.renditions import attach_renditions
from diptych.articles.languages.config.language_config import (
    active_language,
    column,
    language_attributes,
)
from diptych.articles.languages.index.aliases import original_id
from diptych.articles.languages.index.querysets import plain
from diptych.articles.lists.cards import (
    attach_addresses,
    attach_from_card,
    attach_objects,
    attach_people_and_topics,
    cached_cards,
    kept_authors,
    kept_series,
)
from diptych.articles.lists.previous_and_next import previous_and_next_of, series_parts
from diptych.articles.lists.print_issues import issues_with
from diptych.articles.lists.related_articles import PickedId, related_below, related_in_language
from diptych.articles.models.settings import JournalSettings
from diptych.articles.recordings.audio import recordings_in

#: Blocks that show pictures.
PICTURES = ("image", "gallery")
#: Blocks that are not in the text to copy: pictures have licences of their own, pull quotes repeat
#: sentences, and cards link to other articles.
NOT_REPUBLISHED = (*PICTURES, "pull_quote", "article")


class ArticleContextMixin(models.Model):
    """The contexts of an article's page, side by side, to republish, and where it is not live.

    It is the first base of the article: the others give the contexts that it adds to.
    """

    #: The :class:`~diptych.articles.recordings.audio.Recording` on the page that is served.
    audio = None
    #: The :class:`~diptych.articles.lists.print_issues.IssueLink` on the page that is served.
    printed_in = ()

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        language, blocks = active_language(), self.body.stream_block
        settings = JournalSettings.for_request(request)
        self.attach_credits(language)
        self.attach_recording(language, settings)
        self.printed_in = tuple(issues_with(self, language))
        parts, linked_ids = series_parts(self, language), blocks.linked_ids(self.body)
        shown = [*linked_ids, *(part.pk for part in parts)]
        related_ids, readable = related_below(self, language, shown, settings.related_count)
        readable_ids = [pk for pk in linked_ids if pk in readable]
        own_id = [self.pk] if self.is_known_public else []
        cards = {each.pk: each for each in cached_cards([*own_id, *related_ids, *readable_ids])}
        attach_from_card(self, cards.get(self.pk)) or attach_people_and_topics([self])
        attach_addresses([self], self.series, *self.credited)
        adjacent = previous_and_next_of(self, language, parts)
        related = [cards[pk] for pk in related_ids if pk in cards]
        linked = {pk: cards[pk] for pk in readable_ids if pk in cards}
        self._add_tags_of_linked(linked_ids, linked)
        return {
            **context,
            "body": SimpleLazyObject(lambda: self.body_with_pictures(linked)),
            **self._related_context(related_ids, related),
            "linked_articles": linked,
            "beside": adjacent.without(related),
            "printed_in": self.printed_in,
        }

    def _add_tags_of_linked(self, ids, linked):
        """Let the parts of this article depend on those it links to by a block, readable or not."""
        if self.cached_tags and ids:
            tags = [f"page:{pk}" for pk in ids]
            tags += [tag for each in linked.values() for tag in each.cached_tags]
            self.cached_tags = (*self.cached_tags, *tags)

    def get_context_unavailable(self, request):
        """With the text in the language that it can be read in, and articles in the active one.

        ``other`` is this page with its texts in ``other_language``.
        """
        language = self.default_language_of(self.live_languages)
        other = self.with_texts_in(language)
        other._language_rows = self.language_rows
        self._attach_images([other], [])
        with override(language):
            attach_people_and_topics([other])
        attach_people_and_topics([self])
        limit = JournalSettings.for_request(request).related_count
        ids = related_in_language(self, language, active_language(), limit)
        return {
            **super().get_context_unavailable(request),
            "other": other,
            "other_language": language,
            "other_attributes": language_attributes(language),
            **self._related_context(ids, cached_cards(ids)),
        }

    def get_context_side_by_side(self, request, language):
        """The context of the page side by side with its text in ``language``.

        ``here`` and ``there`` are the bodies, without links to other articles; ``pairs`` are the
        matching blocks of both, ``other`` is the page with its texts in ``language``.
        """
        other, blocks = self.with_texts_in(language), self.body.stream_block
        other._language_rows = self.language_rows
        bodies = self.body, other.text_in("body", language)
        images = self._attach_images([self, other], bodies)
        here, there = (blocks.for_readers(body, {}, images) for body in bodies)
        attach_people_and_topics([self])
        return {
            **super().get_context(request),
            "other": other,
            "other_language": language,
            "other_attributes": language_attributes(language),
            "other_hero": other.hero_in(language),
            "here": here,
            "there": there,
            "pairs": list(aligned(here.raw_data, there.raw_data)),
        }

    def get_context_to_republish(self, request):
        """The context of the text to copy; ``body`` is without pictures and pull quotes."""
        stored = list(self.body.raw_data) if self.body else []
        block = self.body.stream_block
        shown = [each for each in stored if each["type"] not in NOT_REPUBLISHED]
        attach_people_and_topics([self])
        return {
            **super().get_context(request),
            "body": block.for_readers(StreamValue(block, shown, is_lazy=True), {}),
            "has_pictures": bool(self.hero_image_id)
            or any(each["type"] in PICTURES for each in stored),
        }

    def attach_recording(self, language, settings):
        """Fetch the recording in ``language``, if readers hear any by the ``settings``."""
        key = getattr(self, f"{column('recording', language)}_id")
        self.audio = recordings_in([key]).get(key) if settings.has_recordings else None

    def attach_credits(self, language):
        """Attach the series, and who translated and reviewed the text; from memory if possible."""
        credited = [column(name, language) for name in ("translator", "reviewer")]
        for names, kept_pages in ((["series"], kept_series), (credited, kept_authors)):
            ids = {getattr(self, f"{name}_id") for name in names} - {None}
            found = kept_pages(ids) if ids else {}
            for name in names:
                attach_objects([self], name, found)

    def body_with_pictures(self, linked):
        """The body as it is read, with links to ``linked``; see ``BodyBlock.for_readers``.

        The pictures of the page are fetched as well, by one query, and their renditions by
        another one.
        """
        images = self._attach_images([self], [self.body])
        return self.body.stream_block.for_readers(self.body, linked, images)

    def _attach_images(self, pages, bodies):
        """Fetch the pictures of ``bodies`` and the main one of ``pages``; returns them by id."""
        ids = {self.hero_image_id}.union(*map(self.body.stream_block.image_ids, bodies))
        images = plain(get_image_model()).in_bulk(ids - {None})
        attach_objects(pages, "hero_image", images)
        attach_renditions(images.values())
        return images

    def are_on_topic(self, ids, articles):
        """Whether each of ``articles`` was picked by editors or shares a topic with this one.

        ``ids`` are those of the articles, which have their topics prefetched, as this one has.
        """
        picked = {pk for pk in ids if isinstance(pk, PickedId)}
        return all(each.pk in picked or self._topic_shared_with(each) for each in articles)

    def _topic_shared_with(self, article):
        """The first topic of ``article`` that is one of this article too, or ``None``."""
        own = set(map(original_id, self.topics_shown))
        return next((each for each in article.topics_shown if original_id(each) in own), None)

    def _related_context(self, ids, articles):
        """The context of the related ``articles``; each card names a topic that is shared."""
        for each in articles:
            each.topic_named = self._topic_shared_with(each) or each.main_topic
        return {
            "related": articles,
            "related_shown": tuple(
                (each.pk, each.topic_named and each.topic_named.pk) for each in articles
            ),
            "related_on_topic": self.are_on_topic(ids, articles),
        }
