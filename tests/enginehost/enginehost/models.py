from django.db import models
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from articles.languages.pages import LanguagePageMixin
from articles.languages.panels import page_handler, text_panels


class GuidePage(LanguagePageMixin, Page):
    introduction = models.TextField(blank=True)
    body = StreamField([("paragraph", RichTextBlock())], blank=True)

    edit_handler = page_handler(lambda language: text_panels(language, "introduction", "body"))
