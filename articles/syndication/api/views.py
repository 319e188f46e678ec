"""Wagtail's API of version 2, of what readers of one language can open."""

from django.http import Http404
from django.urls import path
from rest_framework.renderers import JSONRenderer
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.models import Site

from articles.languages.available import active_language
from articles.languages.numbers import id_in
from articles.models import ArticlePage, AuthorPage, JournalSettings, TopicPage
from articles.querysets import ready_cards
from articles.syndication.api.serializers import ArticleSerializer
from articles.syndication.feeds.texts import attach_texts

DETAIL_ONLY = ["content", "related"]


class ArticlesAPIViewSet(BaseAPIViewSet):
    """The articles of a site, the newest first, in the language of the address.

    An alias can be asked for by its number, and is not listed beside its original.
    ``?topic=`` and ``?author=`` take the number of a page. Nothing else can be searched or
    filtered by: what a field says in a language that is not live must not be guessed.
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
        articles = ArticlePage.objects.visible_in(active_language()).descendant_of(site.root_page)
        if self.action == "listing_view":
            articles = articles.gathered_for(site.root_page)
        topic, author = self._asked_for("topic", TopicPage), self._asked_for("author", AuthorPage)
        if topic is not None:
            articles = articles.on_topic(topic)
        if author is not None:
            articles = articles.by_author(author)
        return articles.newest_first().select_related("hero_image")

    def _asked_for(self, name, model):
        """The page that a parameter names by its number; one that cannot be read is none."""
        if name not in self.request.GET:
            return None
        page = model.objects.visible_in(active_language())
        page = page.filter(pk=id_in(self.request.GET[name])).first()
        if page is None:
            raise BadRequestError(f"there is no such {name}")
        return page

    def paginate_queryset(self, queryset):
        return ready_cards(super().paginate_queryset(queryset.for_cards()))

    def get_object(self):
        if id_in(str(self.kwargs["pk"])) is None:
            raise Http404
        is_new = not hasattr(self, "_cached_object")
        article = super().get_object()
        if is_new:
            limit = JournalSettings.for_request(self.request).related_count
            attach_texts([article], self.request, limit)
        return article


router = WagtailAPIRouter("diptych_api")
router.register_endpoint("articles", ArticlesAPIViewSet)

urlpatterns = [path("api/", router.urls)]
