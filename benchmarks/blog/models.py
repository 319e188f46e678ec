"""Articles by authors on topics, with a home page, lists, and a menu and footer as settings."""

from django.core.paginator import Paginator
from django.db import models
from django.db.models.functions import Coalesce
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from benchmarks.blog.blocks import LinkBlock, LinkSectionBlock, StoryBlock

PER_PAGE = 12
NEWEST_ON_HOME = 9
RELATED = 3


@register_setting(icon="list-ul")
class NavigationSettings(BaseSiteSetting):
    primary_navigation = StreamField([("link", LinkBlock())], blank=True)
    footer_navigation = StreamField([("section", LinkSectionBlock())], blank=True)

    panels = [FieldPanel("primary_navigation"), FieldPanel("footer_navigation")]


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    mastodon = models.URLField(blank=True)
    title_404 = models.CharField(max_length=255, default="Page not found")
    text_404 = RichTextField(default="<p>There is no page at this address.</p>")


class BasePage(Page):
    """What all pages have: a picture and a text for other sites that link to them."""

    social_image = models.ForeignKey(
        "wagtailimages.Image", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    social_text = models.CharField(max_length=255, blank=True)

    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("social_image"), FieldPanel("social_text")], "Social networks"),
    ]

    class Meta:
        abstract = True

    @property
    def breadcrumbs(self):
        return self.get_ancestors().live().filter(depth__gt=1)


class HomePage(BasePage):
    introduction = models.TextField(blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["articles"] = ArticlePage.newest()[:NEWEST_ON_HOME]
        return context


class ArticleListMixin:
    """Puts one page of ``get_articles`` into the context."""

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        paginator = Paginator(self.get_articles(), PER_PAGE)
        context["articles"] = paginator.get_page(request.GET.get("page"))
        return context


class NewsIndexPage(ArticleListMixin, BasePage):
    introduction = models.TextField(blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    subpage_types = ["blog.ArticlePage"]

    def get_articles(self):
        return ArticlePage.newest().child_of(self)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["topics"] = TopicPage.objects.live().public().order_by("title")
        return context


class TopicPage(ArticleListMixin, BasePage):
    introduction = models.TextField(blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    def get_articles(self):
        return ArticlePage.newest().filter(topics__topic=self)


class AuthorPage(ArticleListMixin, BasePage):
    role = models.CharField(max_length=255, blank=True)
    biography = RichTextField(blank=True)
    photo = models.ForeignKey(
        "wagtailimages.Image", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("role"),
        FieldPanel("biography"),
        FieldPanel("photo"),
    ]

    def get_articles(self):
        return ArticlePage.newest().filter(authors__author=self)


class StandardPage(BasePage):
    body = StreamField(StoryBlock(), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body")]


class ArticlePage(BasePage):
    introduction = models.TextField(blank=True)
    publication_date = models.DateTimeField(null=True, blank=True)
    image = models.ForeignKey(
        "wagtailimages.Image", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    image_caption = models.CharField(max_length=255, blank=True)
    body = StreamField(StoryBlock())

    parent_page_types = ["blog.NewsIndexPage"]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("publication_date"),
        InlinePanel("authors", label="Authors"),
        InlinePanel("topics", label="Topics"),
        FieldPanel("image"),
        FieldPanel("image_caption"),
        FieldPanel("body"),
    ]

    @staticmethod
    def newest():
        """What the public may read, with the picture of each, the newest first."""
        date = Coalesce("publication_date", "first_published_at")
        articles = ArticlePage.objects.live().public().annotate(printed_date=date)
        return articles.select_related("image").order_by("-printed_date", "-pk")

    @property
    def date(self):
        return self.publication_date or self.first_published_at

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["authors"] = self.authors.select_related("author", "author__photo")
        context["topics"] = topics = self.topics.select_related("topic")
        others = ArticlePage.newest().exclude(pk=self.pk)
        on_topic = others.filter(topics__topic__in=[each.topic for each in topics]).distinct()
        context["related"] = on_topic.prefetch_related("topics__topic")[:RELATED]
        return context


class ArticleAuthor(Orderable):
    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="authors")
    author = models.ForeignKey(AuthorPage, on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("author")]


class ArticleTopic(Orderable):
    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey(TopicPage, on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("topic")]
