import swapper
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, Page, get_page_models

from diptych.articles.languages.admin.editor.field_panels import text_panels
from diptych.articles.languages.admin.editor.panels import page_handler
from diptych.articles.languages.config.language_config import active_language
from diptych.articles.lists.article_lists import ArticleList
from diptych.articles.lists.front_page import MOST_NEWEST, NEWEST, Arrangement, front_page
from diptych.articles.lists.pagination import paginate
from diptych.articles.lists.untranslated import untranslated
from diptych.articles.models.article import ArticlePage
from diptych.articles.models.pages import JournalPageMixin
from diptych.articles.models.panels import home_shared_panels
from diptych.articles.models.settings import JournalSettings
from diptych.articles.models.topic import TopicPage
from diptych.articles.richtext.fields import page_link


class HomePage(JournalPageMixin, Page):
    """The front page of the journal."""

    page_ptr = page_link()
    introduction = models.TextField(_("introduction"), blank=True)
    lead_article = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead story"),
        help_text=_(
            "If none is chosen, or the chosen one is not live in the language, the newest article "
            "leads."
        ),
    )
    topic_rows = models.BooleanField(
        _("show topics"), default=True, help_text=_("A row of articles for each topic.")
    )
    newest_count = models.PositiveSmallIntegerField(
        _("number of newest articles"),
        default=NEWEST,
        validators=[MaxValueValidator(MOST_NEWEST)],
        help_text=_(
            "Without those shown elsewhere on the page. Some of them are headlines near the lead "
            "story, the others a list at the end. None if 0."
        ),
    )

    language_api_fields = ("introduction",)
    subpage_types = [
        "diptych.ArticleIndexPage",
        "diptych.TopicIndexPage",
        "diptych.AuthorIndexPage",
        "diptych.SeriesPage",
        "diptych.PrintIssueIndexPage",
        "diptych.StandardPage",
    ]
    page_description = _("The front page: lead story, newest articles, topics.")

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    edit_handler = page_handler(
        lambda language: text_panels(language, "introduction"), home_shared_panels
    )

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context.update(front_page(self, active_language(), self.arrangement))
        if JournalSettings.for_request(request).names_untranslated("home"):
            context["untranslated"] = untranslated(self, active_language())
        return context

    def topics_in(self, language):
        """The topics that may have a row in ``language``."""
        topics = TopicPage.objects.descendant_of(self).visible_in(language).gathered_for(self)
        return topics.only("alias_of")

    @property
    def arrangement(self):
        """The :class:`Arrangement` chosen by the editors; the same in all languages."""
        rows = list(self.front_topics.all())
        return Arrangement(
            lead=self.lead_article_id,
            seconds=tuple(entry.article_id for entry in self.front_articles.all()),
            topics=tuple(entry.topic_id for entry in rows),
            forms=tuple((entry.topic_id, entry.form) for entry in rows if entry.form),
            with_topics=self.topic_rows,
            newest=self.newest_count,
        )


class FrontArticle(Orderable):
    """An article chosen by editors for the place next to the lead story."""

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="front_articles")
    article = models.ForeignKey(
        ArticlePage, on_delete=models.CASCADE, related_name="+", verbose_name=_("article")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("article beside the lead story")
        verbose_name_plural = _("articles beside the lead story")


class RowForm(models.TextChoices):
    """The layout of a topic's articles on the front page; themes replace unsupported forms."""

    AUTOMATIC = "", _("Automatic")
    LARGE = "large", _("One article large, with its picture")
    EQUAL = "equal", _("All articles alike, with pictures")
    TEXT = "text", _("Headlines and leads, without pictures")


class FrontTopic(Orderable):
    """A topic with a row on the front page, in the order of the editors."""

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="front_topics")
    topic = models.ForeignKey(
        TopicPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("topic")
    )
    form = models.CharField(
        _("form of the row"),
        max_length=10,
        choices=RowForm.choices,
        default=RowForm.AUTOMATIC,
        blank=True,
        help_text=_("Automatic: by the number of articles and pictures, in turns."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("topic on the front page")
        verbose_name_plural = _("topics on the front page")


class ArticleIndexPage(JournalPageMixin, Page):
    """All articles, newest first."""

    page_ptr = page_link()
    introduction = models.TextField(_("introduction"), blank=True)

    language_api_fields = ("introduction",)
    query_keys = ("page",)
    subpage_types = ["diptych.ArticlePage"]
    page_description = _("The list of articles; articles are written below it.")

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")

    edit_handler = page_handler(lambda language: text_panels(language, "introduction"))

    @classmethod
    def clean_subpage_models(cls):
        """The types of ``subpage_types``, and those that a project derives from them."""
        known = tuple(super().clean_subpage_models())
        return [model for model in get_page_models() if issubclass(model, known)]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        articles = self.listed_in(active_language())
        context["articles"] = paginate(request, articles)
        return context

    def listed_in(self, language):
        """The articles listed here that are visible in ``language``, newest first."""
        return ArticleList(language, self.pk)
