from types import MappingProxyType

from django.db import models
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model, get_image_model_string
from wagtail.models import Orderable, Page

from diptych.articles.blocks import BodyBlock
from diptych.articles.blocks.alignment import aligned
from diptych.articles.blocks.corrections import CorrectionsBlock
from diptych.articles.images.renditions import attach_renditions
from diptych.articles.languages.admin.editor.panels import page_handler
from diptych.articles.languages.config.known_relations import KnownRelationsMixin
from diptych.articles.languages.config.language_config import (
    active_language,
    available_languages,
    column,
    language_attributes,
)
from diptych.articles.languages.index.aliases import original_id
from diptych.articles.languages.index.querysets import plain
from diptych.articles.languages.publication.readiness.missing import PublicationProblem
from diptych.articles.lists.cards import (
    attach_addresses,
    attach_from_memory,
    attach_objects,
    attach_people_and_topics,
    cached_cards,
    kept_authors,
    kept_series,
)
from diptych.articles.lists.credits import take_credit
from diptych.articles.lists.previous_and_next import previous_and_next_of, series_parts
from diptych.articles.lists.print_issues import issues_with
from diptych.articles.lists.querysets import ArticleManager
from diptych.articles.lists.reading_time import length_in_words, minutes_to_read, words_to_read
from diptych.articles.lists.related_articles import PickedId, related_below, related_in_language
from diptych.articles.models.following import follower_notices, followers_published
from diptych.articles.models.pages import JournalImagesMixin, JournalPageMixin
from diptych.articles.models.panels import article_panels, article_shared_panels
from diptych.articles.models.republishing import RepublishingMixin
from diptych.articles.models.settings import JournalSettings
from diptych.articles.models.side_by_side import SideBySideMixin
from diptych.articles.recordings.audio import recordings_in
from diptych.articles.recordings.forms import ArticleForm
from diptych.articles.richtext.fields import StreamField, page_link

#: Blocks that show pictures.
PICTURES = ("image", "gallery")
#: Blocks that are not in the text to copy: pictures have licences of their own, pull quotes repeat
#: sentences, and cards link to other articles.
NOT_REPUBLISHED = (*PICTURES, "pull_quote", "article")


def _credit(verbose_name):
    return models.ForeignKey(
        "diptych.AuthorPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose_name,
    )


class ArticlePage(JournalImagesMixin, JournalPageMixin, SideBySideMixin, RepublishingMixin, Page):
    """An article in the languages it is written in."""

    page_ptr = page_link()
    lead = models.TextField(
        _("lead"), blank=True, help_text=_("One to three sentences that open the article.")
    )
    body = StreamField(BodyBlock, blank=True, verbose_name=_("body"))
    corrections = StreamField(
        CorrectionsBlock,
        blank=True,
        verbose_name=_("corrections"),
        help_text=_("What was corrected after publication. Readers see the date at the head."),
    )
    hero_image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("main picture"),
    )
    hero_alt = models.CharField(
        _("alternative text of the main picture"),
        max_length=255,
        blank=True,
        help_text=_("Only if it should differ here from the image’s own text."),
    )
    hero_caption = models.CharField(
        _("caption of the main picture"),
        max_length=500,
        blank=True,
        help_text=_("Only if it should differ here from the image’s own text."),
    )
    recording = models.ForeignKey(
        get_document_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recording"),
        help_text=_(
            "The article read aloud: MP3, M4A, Ogg or WAV. Only readers of this language hear it."
        ),
    )
    translator = _credit(_("translator"))
    reviewer = _credit(_("reviewer of the translation"))
    series = models.ForeignKey(
        "diptych.SeriesPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("series"),
    )
    series_part = models.PositiveSmallIntegerField(
        _("part"),
        null=True,
        blank=True,
        help_text=_("Its place in the series. Parts without a number come last, oldest first."),
    )
    publication_date = models.DateTimeField(
        _("publication date"),
        null=True,
        blank=True,
        help_text=_("Printed on the article. The moment it first goes live when left empty."),
    )

    #: The :class:`~diptych.articles.recordings.audio.Recording` on the page that is served.
    audio = None
    #: The :class:`~diptych.articles.lists.print_issues.IssueLink` on the page that is served.
    printed_in = ()

    objects = ArticleManager()

    required_parts = MappingProxyType(
        {
            **JournalPageMixin.required_parts,
            "lead": _("The lead is missing."),
            "body": _("The body is empty."),
        }
    )
    language_api_fields = ("lead", "body", "corrections")
    parent_page_types = ["diptych.ArticleIndexPage"]
    subpage_types = []
    page_description = _("An article, with its authors, topics and pictures.")

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    edit_handler = page_handler(article_panels, article_shared_panels)
    base_form_class = ArticleForm

    def columns_out_of_use(self):
        if self.journal_setting("has_recordings"):
            return ()
        return [column("recording", code) for code in available_languages()]

    def cache_tags(self):
        """The lists of topics and authors that this article is in, as stored."""
        topics = ArticleTopic.objects.filter(article=self).values_list("topic", "topic__alias_of")
        authors = ArticleAuthor.objects.filter(article=self).values_list("author", flat=True)
        tags = {f"topic:{pk}" for pks in topics for pk in pks if pk}
        tags |= {f"author:{pk}" for pk in authors}
        return tags | {"menu"} if self.show_in_menus else tags

    def take_credit(self, languages):
        take_credit(self, languages)

    def publication_checklist(self, language):
        advice = [
            (is_there, PublicationProblem(field, sentence))
            for is_there, field, sentence in (
                (self.authors.all(), "authors", gettext("No author is named.")),
                (self.topics.all(), "topics", gettext("No topic is chosen.")),
                (
                    self.hero_image_id,
                    "hero_image",
                    gettext("No main picture: shared links and cards show none."),
                ),
            )
        ]
        missing = [problem for is_there, problem in advice if not is_there]
        followers = follower_notices(self, language)
        return missing + followers + super().publication_checklist(language)

    def published_along(self, languages):
        return [*super().published_along(languages), *followers_published(self, languages)]

    def hero_in(self, language):
        """The :class:`Figure` of the main picture in ``language``, or ``None``."""
        place = self.hero_place(language)
        return place.figure if place else None

    @property
    def hero(self):
        return self.hero_in(active_language())

    @property
    def published_at(self):
        """The date shown to readers: the chosen one, else that of the first publication."""
        return self.printed_date_in(active_language())

    def printed_date_in(self, language):
        return self.publication_date or super().printed_date_in(language)

    @property
    def last_update(self):
        """When the text in this language last changed after publication, or ``None``."""
        return self.text_in("updated_at", active_language())

    @property
    def later_update(self):
        """The last update if it was on a later day than ``published_at``, else ``None``."""
        update = self.last_update
        is_later = update and localdate(update) > localdate(self.published_at)
        return update if is_later else None

    @property
    def corrections_read(self):
        """The corrections in the active language as readers see them, the newest first."""
        block = self._meta.get_field("corrections").stream_block
        return block.for_readers(self.text_in("corrections", active_language()))

    @property
    def reading_minutes(self):
        """Reading time in the active language, in whole minutes; 0 below half a minute."""
        return minutes_to_read(words_to_read(self.lead, self.body), active_language())

    def length_in_words(self, language):
        return length_in_words(
            self.text_in("lead", language), self.text_in("body", language), language
        )

    @cached_property
    def byline(self):
        """The authors in order, each an :class:`ArticleAuthor`; prefetched with the article."""
        return [entry for entry in self.authors.all() if entry.author is not None]

    @property
    def author_names(self):
        """The names of the authors in order, in the active language where they have one in it."""
        return [entry.author.name for entry in self.byline]

    @property
    def translator_shown(self):
        """The page of who translated the text; ``None`` in the language it was written in."""
        language = active_language()
        return None if language == self.source_language else self.text_in("translator", language)

    @property
    def translator_name(self):
        """The name of ``translator_shown``, or ``""``."""
        translator = self.translator_shown
        return translator.name if translator else ""

    @property
    def credited(self):
        """The translator and reviewer of this article in the active language."""
        people = [self.text_in(name, active_language()) for name in ("translator", "reviewer")]
        return [person for person in people if person is not None]

    @cached_property
    def topics_shown(self):
        """The topics that are visible in this language, in order; the first is the main topic."""
        language = active_language()
        topics = [entry.topic for entry in self.topics.all()]
        return [topic for topic in topics if topic and topic.is_visible_in(language)]

    @property
    def main_topic(self):
        return self.topics_shown[0] if self.topics_shown else None

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

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        language, blocks = active_language(), self.body.stream_block
        settings = JournalSettings.for_request(request)
        self.attach_credits(language)
        self.attach_recording(language, settings)
        self.printed_in = tuple(issues_with(self, language))
        attach_from_memory(self) or attach_people_and_topics([self])
        attach_addresses([self], self.series, *self.credited)
        adjacent = previous_and_next_of(self, language, series_parts(self, language))
        linked_ids = blocks.linked_ids(self.body)
        shown = [*linked_ids, *(part.pk for part in adjacent.parts)]
        related_ids, readable = related_below(self, language, shown, settings.related_count)
        readable_ids = [pk for pk in linked_ids if pk in readable]
        cards = {each.pk: each for each in cached_cards([*related_ids, *readable_ids])}
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


class ArticleAuthor(KnownRelationsMixin, Orderable):
    """An author of an article, and their role in it."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="authors")
    author = models.ForeignKey(
        "diptych.AuthorPage",
        on_delete=models.CASCADE,
        related_name="bylines",
        verbose_name=_("author"),
    )
    role = models.CharField(
        _("role"), max_length=100, blank=True, help_text=_("Text, photographs, translation…")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def cache_tags(self):
        return {f"author:{self.author_id}"}


class ArticleTopic(KnownRelationsMixin, Orderable):
    """One of the topics of an article."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey(
        "diptych.TopicPage",
        on_delete=models.CASCADE,
        related_name="entries",
        verbose_name=_("topic"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def cache_tags(self):
        tags = {f"topic:{self.topic_id}"}
        original = self.topic and self.topic.alias_of_id
        return tags | {f"topic:{original}"} if original else tags


class PickedArticle(KnownRelationsMixin, Orderable):
    """An article that editors have chosen to suggest below another one."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="picks")
    suggestion = models.ForeignKey(
        ArticlePage, on_delete=models.CASCADE, related_name="picked_by", verbose_name=_("article")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("picked article")
        verbose_name_plural = _("picked articles")


class ExcludedArticle(KnownRelationsMixin, Orderable):
    """An article that is never suggested below another one."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="exclusions")
    excluded = models.ForeignKey(
        ArticlePage, on_delete=models.CASCADE, related_name="excluded_by", verbose_name=_("article")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("excluded article")
        verbose_name_plural = _("excluded articles")
