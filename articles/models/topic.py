from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from articles.article_lists import ArticleList
from articles.languages.aliases import original_id
from articles.languages.available import active_language
from articles.languages.panels import page_handler, text_panels
from articles.listing import paginate_cards
from articles.models.pages import JournalPageMixin
from articles.querysets import TopicManager, alphabetical
from articles.richtext.fields import page_link

#: Number of neighbouring topics named on the page of a topic.
SEE_ALSO = 6


class TopicIndexPage(JournalPageMixin, Page):
    """All the topics of the journal."""

    page_ptr = page_link()
    introduction = models.TextField(_("introduction"), blank=True)

    max_count_per_parent = 1
    subpage_types = ["diptych.TopicPage"]
    page_description = _("The list of topics; topics are created below it.")

    class Meta:
        verbose_name = _("list of topics")
        verbose_name_plural = _("lists of topics")

    edit_handler = page_handler(lambda language: text_panels(language, "introduction"))

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        topics = TopicPage.objects.child_of(self).visible_in(active_language())
        context["topics"] = alphabetical(topics.with_article_counts(self).with_addresses())
        return context


class TopicPage(JournalPageMixin, Page):
    """A topic (« thématique ») and what was published on it."""

    page_ptr = page_link()
    description = models.TextField(_("description"), blank=True)

    objects = TopicManager()

    query_keys = ("page",)
    parent_page_types = ["diptych.TopicIndexPage"]
    subpage_types = []
    page_description = _("A subject the journal comes back to.")

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    edit_handler = page_handler(lambda language: text_panels(language, "description"))

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        articles = self.listed_in(active_language())
        see_also = TopicPage.objects.beside(self, active_language(), SEE_ALSO)
        context["articles"] = paginate_cards(request, articles, self, *see_also)
        context["see_also"] = see_also
        return context

    def listed_in(self, language):
        """The articles listed here that are visible in ``language``, newest first."""
        return ArticleList(language, original_id(self), on_site_of=self)
