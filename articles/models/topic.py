from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.languages.admin.editor.field_panels import text_panels
from diptych.articles.languages.admin.editor.panels import page_handler
from diptych.articles.languages.config.language_config import active_language
from diptych.articles.languages.index.aliases import original_id
from diptych.articles.lists.article_lists import ArticleList
from diptych.articles.lists.pagination import paginate
from diptych.articles.lists.querysets import TopicManager, alphabetical
from diptych.articles.lists.untranslated import untranslated
from diptych.articles.models.following import FollowsArticlesMixin
from diptych.articles.models.pages import JournalPageMixin
from diptych.articles.models.settings import JournalSettings
from diptych.articles.richtext.fields import page_link

#: Number of neighbouring topics named on the page of a topic.
SEE_ALSO = 6
#: The numbers of articles that lists of topics show.
_counts = TaggedCache()


class TopicIndexPage(JournalPageMixin, Page):
    """All the topics of the journal."""

    page_ptr = page_link()
    introduction = models.TextField(_("introduction"), blank=True)

    language_api_fields = ("introduction",)
    max_count_per_parent = 1
    subpage_types = ["diptych.TopicPage"]
    page_description = _("The list of topics; topics are created below it.")

    class Meta:
        verbose_name = _("list of topics")
        verbose_name_plural = _("lists of topics")

    edit_handler = page_handler(lambda language: text_panels(language, "introduction"))

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        language = active_language()
        topics = TopicPage.objects.child_of(self).visible_in(language)
        counts = _counts.get(
            (self.pk, language),
            [f"list:{language}"],
            lambda: dict(topics.with_article_counts(self).values_list("pk", "article_count")),
        )
        context["topics"] = alphabetical(topics.with_addresses())
        for topic in context["topics"]:
            topic.article_count = counts.get(topic.pk, 0)
        return context


class TopicPage(FollowsArticlesMixin, JournalPageMixin, Page):
    """A topic (« thématique ») and its articles."""

    page_ptr = page_link()
    description = models.TextField(_("description"), blank=True)

    objects = TopicManager()

    exclude_fields_in_copy = ["goes_live_with_articles"]
    language_api_fields = ("description",)
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
        context["articles"] = paginate(request, articles)
        context["see_also"] = TopicPage.objects.related_topics(self, SEE_ALSO)
        if JournalSettings.for_request(request).names_untranslated("topics"):
            context["untranslated"] = untranslated(self, active_language())
        return context

    def listed_in(self, language):
        """The articles listed here that are visible in ``language``, newest first."""
        return ArticleList(language, original_id(self), on_site_of=self)
