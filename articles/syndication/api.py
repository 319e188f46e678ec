"""Wagtail's API v2, limited to what is visible in the language of the address."""

from django.http import Http404
from django.urls import path
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import SerializerMethodField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import BaseSerializer
from wagtail.api.v2.utils import BadRequestError, get_object_detail_url
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.models import Site

from articles.article_lists import ArticleList
from articles.images.pictures import hero_jpeg
from articles.languages.aliases import original_id
from articles.languages.available import active_language
from articles.languages.numbers import id_in
from articles.listing import visible
from articles.models import ArticlePage, AuthorPage, JournalSettings, TopicPage
from articles.querysets import ready_cards
from articles.syndication.feeds.texts import attach_texts


class ArticleSerializer(BaseSerializer):
    """Serialises an article with prefetched people, topics, addresses and images."""

    html_url = SerializerMethodField()
    language = SerializerMethodField()
    alternates = SerializerMethodField()
    headline = SerializerMethodField()
    lead = SerializerMethodField()
    published_at = SerializerMethodField()
    updated_at = SerializerMethodField()
    authors = SerializerMethodField()
    topics = SerializerMethodField()
    picture = SerializerMethodField()
    content = SerializerMethodField()
    related = SerializerMethodField()

    @property
    def _request(self):
        return self.context["request"]

    def get_html_url(self, article):
        return article.get_full_url(self._request)

    def get_language(self, article):
        return active_language()

    def get_alternates(self, article):
        """The addresses of the article in the other languages."""
        return {
            code: article.full_url_in(code, self._request)
            for code in article.visible_languages
            if code != active_language()
        }

    def get_headline(self, article):
        return article.headline

    def get_lead(self, article):
        return article.lead or ""

    def get_published_at(self, article):
        return article.published_at

    def get_updated_at(self, article):
        return article.last_update

    def get_authors(self, article):
        return [self._named(entry.author) for entry in article.byline]

    def get_topics(self, article):
        return [self._named(topic) for topic in article.topics_shown]

    def _named(self, page):
        readable = page.is_visible_in(active_language())
        return {
            "id": page.pk,
            "name": page.headline or page.title,
            "html_url": page.get_full_url(self._request) if readable else None,
        }

    def get_picture(self, article):
        return hero_jpeg(article, self._request)

    def get_content(self, article):
        """The body as HTML without scripts, styles and relative addresses."""
        return article.feed_text

    def get_related(self, article):
        """The related articles."""
        return [
            {
                "id": each.pk,
                "headline": each.headline,
                "html_url": each.get_full_url(self._request),
                "detail_url": self._detail_url(each),
            }
            for each in article.feed_related
        ]

    def _detail_url(self, article):
        """The address of the detail view; ``None`` for an article of another site."""
        if not article.path.startswith(Site.find_for_request(self._request).root_page.path):
            return None
        router = self.context["router"]
        return get_object_detail_url(router, self._request, type(article), article.pk)


DETAIL_ONLY = ["content", "related"]


class ArticlesAPIViewSet(BaseAPIViewSet):
    """The articles of a site, the newest first, in the language of the address.

    An alias is available by primary key, and not listed beside its original.
    ``?topic=`` and ``?author=`` take a primary key. There is no other search or filter, which could
    reveal texts in languages that are not live.
    """

    name = "articles"
    model = ArticlePage
    base_serializer_class = ArticleSerializer
    renderer_classes = [JSONRenderer]
    known_query_parameters = frozenset(["limit", "offset", "fields", "topic", "author"])
    body_fields = [
        "id",
        "headline",
        "lead",
        "published_at",
        "updated_at",
        "authors",
        "topics",
        "picture",
        *DETAIL_ONLY,
    ]
    meta_fields = ["type", "detail_url", "html_url", "language", "alternates"]
    detail_only_fields = DETAIL_ONLY
    listing_default_fields = [
        name for name in [*body_fields, *meta_fields] if name not in ("content", "related")
    ]

    @classmethod
    def get_urlpatterns(cls):
        return [
            path("", cls.as_view({"get": "listing_view"}), name="listing"),
            path("<int:pk>/", cls.as_view({"get": "detail_view"}), name="detail"),
        ]

    def check_query_parameters(self, queryset):
        unknown = sorted(set(self.request.GET) - self.known_query_parameters)
        if unknown:
            raise BadRequestError(f"unknown query parameters: {', '.join(unknown)}")
        if id_in(self.request.GET.get("offset", "0")) is None:
            raise BadRequestError("offset must be a positive integer")

    def get_queryset(self):
        site = Site.find_for_request(self.request)
        if site is None:
            raise Http404
        language = active_language()
        asked_for = [self._asked_for("topic", TopicPage), self._asked_for("author", AuthorPage)]
        if self.action == "listing_view":
            lists = (original_id(page) for page in asked_for if page is not None)
            return ArticleList(language, site.root_page_id, *lists)
        articles = ArticlePage.objects.visible_in(language).descendant_of(site.root_page)
        return articles.select_related("hero_image")

    def _asked_for(self, name, model):
        """The page given by a parameter, if it is visible, else ``None``."""
        if name not in self.request.GET:
            return None
        page = model.objects.visible_in(active_language())
        page = page.filter(pk=id_in(self.request.GET[name])).first()
        if page is None:
            raise BadRequestError(f"there is no such {name}")
        return page

    def paginate_queryset(self, queryset):
        return visible(ready_cards(super().paginate_queryset(queryset)))

    def get_object(self):
        if id_in(str(self.kwargs["pk"])) is None:
            raise Http404
        article = super().get_object()
        # Called twice for one answer; the article is the same.
        if not hasattr(article, "feed_text"):
            limit = JournalSettings.for_request(self.request).related_count
            attach_texts([article], self.request, limit)
        return article


router = WagtailAPIRouter("diptych_api")
router.register_endpoint("articles", ArticlesAPIViewSet)

urlpatterns = [path("api/", router.urls)]
