"""Wagtail's API v2, limited to pages that are visible in one language."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import path
from django.utils.functional import cached_property
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import SerializerMethodField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import BaseSerializer
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.models import Page, Site

from diptych.articles.blocks import BodyBlock
from diptych.articles.blocks.other import detail_url
from diptych.articles.images.pictures import hero_jpeg
from diptych.articles.images.renditions import attach_renditions
from diptych.articles.languages.api.filters import visible_rows
from diptych.articles.languages.api.openapi import (
    ADDRESS,
    ALTERNATES,
    DAY,
    MOMENT,
    NUMBER,
    TEXT,
    OpenAPIView,
    list_of,
    nullable,
    record,
)
from diptych.articles.languages.api.serializers import DetailUrlInLanguage, TextInLanguage
from diptych.articles.languages.api.v2 import (
    PARAMETERS,
    InLanguageMixin,
    MultilingualPagesAPIViewSet,
)
from diptych.articles.languages.config.fields import served_columns
from diptych.articles.languages.config.language_config import active_language
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.index.aliases import original_id
from diptych.articles.languages.index.compiled import instances_of
from diptych.articles.languages.index.privacy import branch_range
from diptych.articles.languages.index.sites import absolute, site_of
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.lists.article_lists import ArticleList, ByRelevance, OldestFirst, found_ids
from diptych.articles.models import ArticlePage, AuthorPage, JournalSettings, SeriesPage, TopicPage
from diptych.articles.richtext.portable import portable
from diptych.articles.syndication.feeds.texts import attach_texts


class ArticleSerializer(BaseSerializer):
    """Serialises an article with prefetched people, topics, addresses and images.

    Other endpoints use it for foreign keys to articles, among which some may not be visible.
    """

    detail_url = DetailUrlInLanguage(read_only=True)
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
    body = SerializerMethodField()
    corrections = SerializerMethodField()
    recording = SerializerMethodField()
    series = SerializerMethodField()
    related = SerializerMethodField()

    def to_representation(self, article):
        """The fields of ``article``: its id alone if visitors may not see it in the language."""
        if not article.is_visible_in(active_language()):
            return {"id": article.pk}
        return super().to_representation(article)

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
        """The name and the address of ``page``, which are made once for the whole answer."""
        known = self.context.setdefault("diptych_named", {})
        if page.pk not in known:
            readable = page.is_visible_in(active_language())
            known[page.pk] = {
                "id": page.pk,
                "name": page.headline or page.title,
                "html_url": page.get_full_url(self._request) if readable else None,
            }
        return known[page.pk]

    def get_picture(self, article):
        return hero_jpeg(article, self._request)

    def get_content(self, article):
        """The body as HTML without scripts, styles and relative addresses."""
        return article.feed_text

    def get_body(self, article):
        """The blocks of the body, without links to articles that no visitor may see."""
        body = article.feed_body
        if body is None:
            return []
        block = article.body.stream_block
        if self.context["_wagtail_rich_text_format"] != RICH_TEXT_FORMATS[0]:
            body = block.for_readers(article.body, article.feed_links)
            attach_renditions(block.images_in(body))
        return block.get_api_representation(body, self.context)

    def get_corrections(self, article):
        """The date and the text of each correction, the newest first."""
        corrections = article.feed_corrections
        if self.context["_wagtail_rich_text_format"] != RICH_TEXT_FORMATS[0]:
            corrections = article.corrections_read
        return [each.block.get_api_representation(each.value, self.context) for each in corrections]

    def get_recording(self, article):
        """The recording of this language; ``None`` unless any visitor may hear it."""
        settings = JournalSettings.for_request(self._request)
        article.attach_recording(active_language(), settings)
        if article.audio is None:
            return None
        heard = article.audio.at(self._request)
        return {"url": heard.url, "media_type": heard.media_type, "size": heard.size}

    def get_series(self, article):
        series = article.series
        if series is None or not series.is_visible_in(active_language()):
            return None
        return {**self._named(series), "part": article.series_part}

    def get_related(self, article):
        """The related articles."""
        return [
            {
                "id": each.pk,
                "headline": each.headline,
                "html_url": each.get_full_url(self._request),
                "detail_url": detail_url(each, self._request, self.context["router"]),
            }
            for each in article.feed_related
        ]


DETAIL_ONLY = ["content", "body", "corrections", "recording", "series", "related"]
#: The formats of rich text in bodies: plain HTML, the one that is meant; or as it is stored.
RICH_TEXT_FORMATS = ("html", "db_html")
NEWEST_FIRST, OLDEST_FIRST = "-published_at", "published_at"


CLOSED = {"additionalProperties": False}
NAMED = {"id": NUMBER, "name": TEXT, "html_url": nullable(ADDRESS)}
#: The schema of each field of an article.
ARTICLE = {
    "id": NUMBER,
    "type": TEXT,
    "detail_url": ADDRESS,
    "html_url": ADDRESS,
    "language": TEXT,
    "alternates": ALTERNATES,
    "headline": TEXT,
    "lead": TEXT,
    "published_at": MOMENT,
    "updated_at": MOMENT,
    "authors": list_of(record(NAMED, **CLOSED)),
    "topics": list_of(record(NAMED, **CLOSED)),
    "picture": nullable(
        record({"url": ADDRESS, "width": NUMBER, "height": NUMBER, "alt": TEXT}, **CLOSED)
    ),
    "content": TEXT,
    "body": list_of(record({"type": TEXT, "value": {}, "id": nullable(TEXT)}, **CLOSED)),
    "corrections": list_of(record({"date": DAY, "text": TEXT}, **CLOSED)),
    "recording": nullable(record({"url": ADDRESS, "media_type": TEXT, "size": NUMBER}, **CLOSED)),
    "series": nullable(record({**NAMED, "part": nullable(NUMBER)}, **CLOSED)),
    "related": list_of(
        record(
            {
                "id": NUMBER,
                "headline": TEXT,
                "html_url": ADDRESS,
                "detail_url": nullable(ADDRESS),
            },
            **CLOSED,
        )
    ),
}


class PlainTextMixin:
    """An endpoint that gives rich text as plain HTML, or as it is stored if that is asked for."""

    renderer_classes = [JSONRenderer]

    def resolve_rich_text_format(self):
        asked = self.request.GET.get("rich_text_format", RICH_TEXT_FORMATS[0])
        if asked not in RICH_TEXT_FORMATS:
            raise BadRequestError(f"rich_text_format must be one of {', '.join(RICH_TEXT_FORMATS)}")
        return asked


class ArticlesAPIViewSet(PlainTextMixin, InLanguageMixin, BaseAPIViewSet):
    """The articles of a site that any visitor may see in a language, the newest first.

    An alias is available by primary key, but not listed together with its original. Filters,
    search and order use only rows and texts that are live in the language.
    """

    name = "articles"
    model = ArticlePage
    base_serializer_class = ArticleSerializer
    summary = "The articles of a site that any visitor may see in the language, the newest first."
    parameters = {
        **PARAMETERS,
        "topic": (NUMBER, "The id of a topic that is visible in the language."),
        "author": (NUMBER, "The id of an author."),
        "series": (NUMBER, "The id of a series."),
        "search": (TEXT, "Words: articles that have all of them, the most relevant first."),
        "order": ({"enum": [NEWEST_FIRST, OLDEST_FIRST]}, "The newest first, or the oldest."),
        "rich_text_format": (
            {"enum": list(RICH_TEXT_FORMATS)},
            "How bodies have rich text: plain HTML, or as it is stored.",
        ),
    }
    known_query_parameters = frozenset(parameters)
    detail_parameters = frozenset(["lang", "fields", "rich_text_format"])
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
        name for name in [*body_fields, *meta_fields] if name not in DETAIL_ONLY
    ]

    @classmethod
    def described(cls, is_listing):
        """The JSON schema of an article in a list, or of one."""
        names = [*cls.body_fields] if not is_listing else cls.listing_default_fields
        own = {name: ARTICLE[name] for name in cls.body_fields if name in names}
        meta = {name: ARTICLE[name] for name in cls.meta_fields}
        return record({**own, "meta": record(meta, **CLOSED)}, **CLOSED)

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

    @cached_property
    def site(self):
        site = site_of(self.request._request)  # which others ask for it afterwards
        if site is None:
            raise Http404
        return site

    def get_queryset(self):
        return self.listed

    @cached_property
    def listed(self):
        """The articles that are asked for, in order."""
        pages = [self._asked_for("topic", TopicPage), self._asked_for("author", AuthorPage)]
        lists = (original_id(page) for page in pages if page is not None)
        articles = ArticleList(active_language(), self.site.root_page_id, *lists)
        series = self._asked_for("series", SeriesPage)
        if series is not None:
            articles.narrowed(article__series=original_id(series))
        for name, condition in (("after", "gte"), ("before", "lt")):
            moment = self.moment_in(f"published_{name}")
            if moment is not None:
                articles.narrowed(**{f"printed_date__{condition}": moment})
        return self._in_order(articles)

    def _in_order(self, articles):
        """``articles`` in the order that is asked for, those that a search finds by relevance."""
        order, text = (self.request.GET.get(name) for name in ("order", "search"))
        if order not in (None, NEWEST_FIRST, OLDEST_FIRST):
            raise BadRequestError(f"order must be {NEWEST_FIRST} or {OLDEST_FIRST}")
        if text is not None:
            found = found_ids(active_language(), text, self.site)
            if found is None:
                articles.with_words(text)
            elif order is None:
                return ByRelevance(articles, found)
            else:
                articles.narrowed(article__in=found)
        return OldestFirst(articles) if order == OLDEST_FIRST else articles

    def _asked_for(self, name, model):
        """The page given by a parameter, if it is visible, else ``None``."""
        if name not in self.request.GET:
            return None
        page = model.objects.visible_in(active_language())
        page = page.filter(pk=id_in(self.request.GET[name])).first()
        if page is None:
            raise BadRequestError(f"there is no such {name}")
        return page

    def get_object(self):
        return self._article

    @cached_property
    def _article(self):
        key, pk = (active_language(),), id_in(str(self.kwargs["pk"]))
        above = self.site.root_page.path
        found = instances_of(ArticlePage, _visible_below, key, (above, pk)) if pk else []
        if not found:
            raise Http404(f"No {ArticlePage.__name__} matches the given query.")
        self.check_object_permissions(self.request, found[0])
        limit = JournalSettings.for_request(self.request).related_count
        attach_texts(found, self.request, limit)
        return found[0]


def _visible_below(language, path, pk):
    """The article ``pk``, if it stands below ``path`` and any visitor may see it."""
    articles = ArticlePage.objects.visible_in(language).filter(path__startswith=path, pk=pk)
    return articles.only(*served_columns(ArticlePage, language)).order_by()


class PlainTextInLanguage(TextInLanguage):
    """A translated field; rich text as that of bodies, which are as those of articles."""

    def __init__(self, **options):
        super().__init__(**options)
        self._read = {}

    def prepared(self, value, page):
        """``value``; a body is converted by ``for_readers``.

        Objects in the blocks of all bodies of the response are fetched together.
        """
        block = getattr(value, "stream_block", None)
        if not isinstance(block, BodyBlock):
            return super().prepared(value, page)
        if page.pk not in self._read:
            self._read |= self._bodies_of([*self.pages_of_answer(), page], block)
        return self._read[page.pk]

    def _bodies_of(self, pages, block):
        """The bodies of ``pages``, as they are read, by primary key."""
        prepared, bodies = super().prepared, {}
        for page in pages:
            body = self.value_of(page)
            if body is not None:
                bodies[page.pk] = prepared(body, page)
        ids = {pk for body in bodies.values() for pk in block.linked_ids(body)}
        visible = ArticlePage.objects.visible_in(active_language()).for_cards().with_addresses()
        read = block.all_for_readers(bodies.values(), visible.in_bulk(ids))
        attach_renditions([image for body in read for image in block.images_in(body)])
        return dict(zip(bodies, read, strict=True))

    def rich_text(self, value, asked, features):
        text = super().rich_text(value, asked, features)
        is_plain = asked == RICH_TEXT_FORMATS[0]
        return portable(text, absolute("/", self.context["request"])) if is_plain else text


class PagesAPIViewSet(PlainTextMixin, MultilingualPagesAPIViewSet):
    """All pages of a site that any visitor may see in a language."""

    text_field = PlainTextInLanguage

    parameters = {
        **MultilingualPagesAPIViewSet.parameters,
        "rich_text_format": ArticlesAPIViewSet.parameters["rich_text_format"],
    }
    #: What a query may ask for without asking for other pages.
    of_all_pages = frozenset(
        ["lang", "limit", "offset", "order", "fields", "rich_text_format", "format", "_"]
    )

    def paginate_queryset(self, queryset):
        is_of_all = self.of_all_pages.issuperset(self.request.GET)
        site = Site.find_for_request(self.request)
        if is_of_all and site and not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            queryset = CountedPages(queryset, site.root_page)
        return super().paginate_queryset(queryset)


@dataclass
class CountedPages:
    """All ``pages`` of the API on the site of ``root``, counted without reading each of them.

    Visible rows are counted in their index, less those of pages that stand elsewhere.
    """

    pages: QuerySet
    root: Page

    def specific(self):
        return replace(self, pages=self.pages.specific())

    def __getitem__(self, asked):
        return self.pages[asked]

    def count(self):
        first, last = branch_range(self.root.path)
        outside = Page.objects.order_by().filter(Q(path__lt=first) | Q(path__gt=last))
        rows = visible_rows().order_by()
        elsewhere = rows.filter(page__in=outside.values("pk"))
        others = self.pages.order_by().filter(content_type__in=_types_in_one_language())
        return rows.count() - elsewhere.count() + others.count()


def _types_in_one_language():
    """The primary keys of the content types of all other pages, also where the type is gone."""
    models = {each.pk: each.model_class() for each in ContentType.objects.all()}
    return [
        pk
        for pk, model in models.items()
        if model is None
        or (issubclass(model, Page) and not issubclass(model, MultilingualPageMixin))
    ]


router = WagtailAPIRouter("diptych_api")
endpoints = {"articles": ArticlesAPIViewSet, "pages": PagesAPIViewSet}
for name, viewset in endpoints.items():
    router.register_endpoint(name, viewset)

urlpatterns = [
    path(
        "api/openapi.json",
        OpenAPIView.as_view(title="Articles", endpoints=endpoints),
        name="diptych_openapi",
    ),
    path("api/", router.urls),
]
