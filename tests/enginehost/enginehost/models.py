from django.db import models
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from diptych.articles.languages import MultilingualPageMixin


class GuidePage(MultilingualPageMixin, Page):
    introduction = models.TextField(blank=True)
    body = StreamField([("paragraph", RichTextBlock())], blank=True)

    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    content_panels = [*Page.content_panels, "introduction", "body"]
    language_api_fields = ("introduction", "body")
