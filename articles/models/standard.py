from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from articles.blocks import BodyBlock
from articles.fields import StreamField, page_link
from articles.languages.pages import LanguagePageMixin
from articles.languages.querysets import LanguagePageManager
from articles.panels import page_handler, text_panels
from articles.pictures import INLINE, attach_renditions


class StandardPage(LanguagePageMixin, Page):
    """A page that is no article: about, contact, legal notice."""

    page_ptr = page_link()
    lead = models.TextField(_("lead"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    objects = LanguagePageManager()

    subpage_types = ["diptych.StandardPage"]
    page_description = _("Text that stays: about, contact, legal notice.")

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    edit_handler = page_handler(lambda language: text_panels(language, "lead", "body"))

    def get_context(self, request, *args, **kwargs):
        attach_renditions(self.body.stream_block.images_in(self.body) if self.body else [], INLINE)
        return super().get_context(request, *args, **kwargs)
