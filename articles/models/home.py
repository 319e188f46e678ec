import swapper
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from articles.fields import page_link
from articles.front import front_page
from articles.languages.available import active_language
from articles.languages.pages import LanguagePageMixin
from articles.languages.querysets import LanguagePageManager
from articles.listing import paginate_cards
from articles.models.article import ArticlePage
from articles.models.topic import TopicPage
from articles.panels import home_shared_panels, page_handler, text_panels


class HomePage(LanguagePageMixin, Page):
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
        help_text=_("The newest article leads when none is chosen or it is not in the language."),
    )

    objects = LanguagePageManager()

    subpage_types = [
        "diptych.ArticleIndexPage",
        "diptych.TopicIndexPage",
        "diptych.AuthorIndexPage",
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
        language = active_language()
        articles = ArticlePage.objects.descendant_of(self).visible_in(language)
        topics = TopicPage.objects.descendant_of(self).visible_in(language)
        context.update(front_page(articles, topics, self.lead_article_id))
        return context


class ArticleIndexPage(LanguagePageMixin, Page):
    """All articles, newest first."""

    page_ptr = page_link()
    introduction = models.TextField(_("introduction"), blank=True)

    objects = LanguagePageManager()

    subpage_types = ["diptych.ArticlePage"]
    page_description = _("The list of articles; articles are written below it.")

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")

    edit_handler = page_handler(lambda language: text_panels(language, "introduction"))

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        articles = ArticlePage.objects.child_of(self).visible_in(active_language())
        context["articles"] = paginate_cards(request, articles.newest_first().for_cards(), self)
        return context
