from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from diptych.articles.blocks import BodyBlock
from diptych.articles.images.renditions import attach_renditions
from diptych.articles.languages.admin.editor.field_panels import text_panels
from diptych.articles.languages.admin.editor.panels import page_handler
from diptych.articles.lists.cards import cached_cards
from diptych.articles.models.pages import JournalImagesMixin, JournalPageMixin
from diptych.articles.richtext.fields import StreamField, page_link


class StandardPage(JournalImagesMixin, JournalPageMixin, Page):
    """A page such as "About", "Contact" or the legal notice."""

    page_ptr = page_link()
    lead = models.TextField(_("lead"), blank=True)
    body = StreamField(BodyBlock, blank=True, verbose_name=_("body"))

    language_api_fields = ("lead", "body")
    subpage_types = ["diptych.StandardPage"]
    page_description = _("Text that stays: about, contact, legal notice.")

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    edit_handler = page_handler(lambda language: text_panels(language, "lead", "body"))

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        blocks = self.body.stream_block
        linked = cached_cards(blocks.linked_ids(self.body))
        context["linked_articles"] = {each.pk: each for each in linked}
        attach_renditions(blocks.images_in(self.body))
        return context
