"""An article with two languages in columns of its own, and nothing that knows of languages.

It has every field that the editor of an article shows, so that a difference between the two is
what the language engine costs, not what a larger form costs.
"""

from django.conf import settings
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page

from diptych.articles.blocks import BodyBlock
from diptych.articles.richtext.fields import StreamField

LANGUAGES = [code for code, _name in settings.LANGUAGES]
TEXTS = (
    "headline",
    "url_slug",
    "meta_title",
    "meta_description",
    "lead",
    "body",
    "hero_alt",
    "hero_caption",
    "translator",
    "reviewer",
)
OTHER_PAGE = {
    "on_delete": models.SET_NULL,
    "null": True,
    "blank": True,
    "related_name": "+",
}


class FrenchText(models.Model):
    headline_fr = models.CharField(max_length=255, blank=True)
    url_slug_fr = models.SlugField(max_length=150, blank=True)
    meta_title_fr = models.CharField(max_length=255, blank=True)
    meta_description_fr = models.TextField(blank=True)
    lead_fr = models.TextField(blank=True)
    body_fr = StreamField(BodyBlock(), blank=True)
    hero_alt_fr = models.CharField(max_length=255, blank=True)
    hero_caption_fr = models.CharField(max_length=500, blank=True)
    translator_fr = models.ForeignKey("diptych.AuthorPage", **OTHER_PAGE)
    reviewer_fr = models.ForeignKey("diptych.AuthorPage", **OTHER_PAGE)

    class Meta:
        abstract = True


class EnglishText(models.Model):
    headline_en = models.CharField(max_length=255, blank=True)
    url_slug_en = models.SlugField(max_length=150, blank=True)
    meta_title_en = models.CharField(max_length=255, blank=True)
    meta_description_en = models.TextField(blank=True)
    lead_en = models.TextField(blank=True)
    body_en = StreamField(BodyBlock(), blank=True)
    hero_alt_en = models.CharField(max_length=255, blank=True)
    hero_caption_en = models.CharField(max_length=500, blank=True)
    translator_en = models.ForeignKey("diptych.AuthorPage", **OTHER_PAGE)
    reviewer_en = models.ForeignKey("diptych.AuthorPage", **OTHER_PAGE)

    class Meta:
        abstract = True


class StockPage(FrenchText, EnglishText, Page):
    source_language = models.CharField(max_length=12, default=LANGUAGES[0])
    hero_image = models.ForeignKey(
        get_image_model_string(), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    series = models.ForeignKey("diptych.SeriesPage", **OTHER_PAGE)
    series_part = models.PositiveSmallIntegerField(null=True, blank=True)
    publication_date = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.title

    edit_handler = TabbedInterface(
        [
            *(
                ObjectList([FieldPanel(f"{name}_{code}") for name in TEXTS], heading=code)
                for code in LANGUAGES
            ),
            ObjectList(
                [
                    FieldPanel("hero_image"),
                    InlinePanel("authors"),
                    InlinePanel("topics"),
                    InlinePanel("picks"),
                    InlinePanel("exclusions"),
                    FieldPanel("series"),
                    FieldPanel("series_part"),
                    FieldPanel("publication_date"),
                ],
                heading="All languages",
            ),
            ObjectList([*Page.promote_panels, *Page.settings_panels], heading="Settings"),
            ObjectList([FieldPanel("title"), FieldPanel("source_language")], heading="Title"),
        ]
    )


class StockAuthor(Orderable):
    article = ParentalKey(StockPage, on_delete=models.CASCADE, related_name="authors")
    author = models.ForeignKey("diptych.AuthorPage", on_delete=models.CASCADE, related_name="+")
    role_fr = models.CharField(max_length=100, blank=True)
    role_en = models.CharField(max_length=100, blank=True)


class StockTopic(Orderable):
    article = ParentalKey(StockPage, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey("diptych.TopicPage", on_delete=models.CASCADE, related_name="+")


class StockPick(Orderable):
    article = ParentalKey(StockPage, on_delete=models.CASCADE, related_name="picks")
    suggestion = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")


class StockExclusion(Orderable):
    article = ParentalKey(StockPage, on_delete=models.CASCADE, related_name="exclusions")
    excluded = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
