from types import MappingProxyType

from django.db import models
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page

from diptych.articles.blocks import BodyBlock
from diptych.articles.blocks.corrections import CorrectionsBlock
from diptych.articles.languages.admin.editor.panels import page_handler
from diptych.articles.languages.config.known_relations import KnownRelationsMixin
from diptych.articles.languages.config.language_config import (
    active_language,
    available_languages,
    column,
)
from diptych.articles.languages.publication.readiness.missing import PublicationProblem
from diptych.articles.lists.credits import take_credit
from diptych.articles.lists.querysets import ArticleManager
from diptych.articles.lists.reading_time import length_in_words, minutes_to_read, words_to_read
from diptych.articles.models.article_context import ArticleContextMixin
from diptych.articles.models.following import follower_notices, followers_published
from diptych.articles.models.pages import JournalImagesMixin, JournalPageMixin
from diptych.articles.models.panels import article_panels, article_shared_panels
from diptych.articles.models.republishing import RepublishingMixin
from diptych.articles.models.side_by_side import SideBySideMixin
from diptych.articles.recordings.forms import ArticleForm
from diptych.articles.richtext.fields import StreamField, page_link


def _credit(verbose_name):
    return models.ForeignKey(
        "diptych.AuthorPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose_name,
    )


class ArticlePage(
    ArticleContextMixin,
    JournalImagesMixin,
    JournalPageMixin,
    SideBySideMixin,
    RepublishingMixin,
    Page,
):
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
