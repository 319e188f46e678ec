from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from diptych.articles.languages.admin.editor.field_panels import text_panels
from diptych.articles.languages.admin.editor.panels import page_handler
from diptych.articles.languages.config.language_config import active_language
from diptych.articles.languages.index.aliases import original_id
from diptych.articles.lists.cards import cached_cards
from diptych.articles.models.article import ArticlePage
from diptych.articles.models.pages import JournalPageMixin
from diptych.articles.richtext.fields import page_link


class SeriesPage(JournalPageMixin, Page):
    """A series of articles in reading order; each article refers to its series."""

    page_ptr = page_link()
    description = models.TextField(_("description"), blank=True)

    language_api_fields = ("description",)
    parent_page_types = ["diptych.HomePage"]
    subpage_types = []
    page_description = _(
        "Articles that follow one another. Add each one from its own editing page."
    )

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")

    edit_handler = page_handler(lambda language: text_panels(language, "description"))

    def listed_in(self, language):
        """The articles of the series that are visible in ``language``, in order."""
        articles = ArticlePage.objects.visible_in(language).gathered_for(self)
        return articles.parts_of(original_id(self))

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        parts = self.listed_in(active_language()).values_list("pk", flat=True)
        context["parts"] = cached_cards(list(parts))
        return context
