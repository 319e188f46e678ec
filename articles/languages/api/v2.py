"""Wagtail's API v2 in one language: that of ``?lang=``, else that of the address."""

from datetime import UTC, datetime, time
from itertools import accumulate

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import cached_property
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import override
from wagtail.api import APIField
from wagtail.api.v2 import filters as wagtail_filters
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Site

from diptych.articles.languages.api.filters import (
    AddressFilter,
    DateFilter,
    OrderFilter,
    WordsFilter,
    has_row,
    is_of_other_type,
    visible_rows,
)
from diptych.articles.languages.api.openapi import (
    ADDRESS,
    ALTERNATES,
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    nullable,
    record,
)
from diptych.articles.languages.api.serializers import (
    PageInLanguageSerializer,
    TextInLanguage,
    language_fields,
)
from diptych.articles.languages.config.fields import languages_by_column, translated_fields
from diptych.articles.languages.config.language_config import active_language, available_languages
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.index.querysets import address_lookup
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.routes.routing import find_below_root

DAY_OR_TIME = {"type": "string"}
#: Parameters of all endpoints, each with the schema and description of its value.
PARAMETERS = {
    "lang": (TEXT, "The language of the answer, in place of that of the address."),
    "limit": ({"type": "integer", "minimum": 0}, "How many pages, at most."),
    "offset": ({"type": "integer", "minimum": 0}, "After how many pages they begin."),
    "fields": (TEXT, "Which fields, as in Wagtail's API: `_,id,title`."),
    "published_after": (DAY_OR_TIME, "Pages dated on this day or at this time, or later."),
    "published_before": (DAY_OR_TIME, "Pages dated earlier than this day or time."),
}


#: How long `?fields=` may be, and how many of its fields may stand inside each other, `a(b(c))`:
#: Wagtail's parser calls itself for each of these, and copies the rest for each character.
LONGEST_FIELDS, DEEPEST_FIELDS = 2_000, 10


class InLanguageMixin:
    """An endpoint of Wagtail's API v2 that answers in one language; put it before the viewset.

    :func:`active_language` is that language while a request is answered. ``parameters`` are the
    keys that a query may have, each with the schema and description of its value, and ``summary``
    describes the objects listed, for :class:`OpenAPIView`. A single object takes
    ``detail_parameters``.
    """

    detail_parameters = frozenset(["lang", "fields", "rich_text_format", "format", "_"])

    def dispatch(self, request, *args, **kwargs):
        asked = request.GET.get("lang", active_language())
        language = asked if asked in available_languages() else active_language()
        with override(language):
            response = super().dispatch(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        return response

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        query = self.request.GET
        if query.get("lang", active_language()) != active_language():
            known = ", ".join(available_languages())
            raise BadRequestError(f"lang must be one of {known}")
        if any("\0" in value for _key, values in query.lists() for value in values):
            raise BadRequestError("null characters are not allowed")
        _check_fields(query.get("fields", ""))
        if self.action == "detail_view":
            unknown = sorted(set(query) - self.detail_parameters)
            if unknown:
                raise BadRequestError(f"unknown query parameters: {', '.join(unknown)}")
        if id_in(query.get("offset", "0")) is None:
            raise BadRequestError("offset must be a positive integer")

    def moment_in(self, name):
        """The moment in a parameter: the beginning of a day, or a time; else ``None``."""
        text = self.request.GET.get(name)
        if text is None:
            return None
        # A plus sign that is not encoded is a space.
        text = text.replace(" ", "+") if "T" in text else text
        try:
            day = parse_date(text)
            moment = datetime.combine(day, time.min) if day else parse_datetime(text)
            if moment is not None:
                moment = make_aware(moment) if is_naive(moment) else moment
                return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise BadRequestError(f"{name} must be a day or a time as 2026-01-31T12:00:00Z")


def _check_fields(text):
    """Refuse a value of ``?fields=`` that takes Wagtail's parser long or breaks it."""
    depths = accumulate((char == "(") - (char == ")") for char in text[: LONGEST_FIELDS + 1])
    if len(text) > LONGEST_FIELDS or max(depths, default=0) > DEEPEST_FIELDS:
        raise BadRequestError(
            f"fields may have {LONGEST_FIELDS} characters, {DEEPEST_FIELDS} levels at most"
        )


#: Fields that differ by language, and so are no filters by themselves.
TEXTS = {"title", "slug", "seo_title", "search_description", "first_published_at"}


PLACE = {"type": TEXT, "detail_url": nullable(ADDRESS), "html_url": nullable(ADDRESS)}
META = {
    "slug": TEXT,
    "show_in_menus": FLAG,
    "seo_title": nullable(TEXT),
    "search_description": nullable(TEXT),
    "first_published_at": MOMENT,
    "published_at": MOMENT,
    "locale": TEXT,
    "language": nullable(TEXT),
    "alternates": ALTERNATES,
}


class MultilingualPagesAPIViewSet(InLanguageMixin, PagesAPIViewSet):
    """The pages of a site in one language, in place of Wagtail's ``PagesAPIViewSet``.

    Pages of multilingual types are there if any visitor may see them in the language, with their
    texts in it; pages of other types are there in every language. ``model`` may be one page type.
    """

    base_serializer_class = PageInLanguageSerializer
    #: The serializer of a translated field.
    text_field = TextInLanguage
    filter_backends = [
        wagtail_filters.FieldsFilter,
        wagtail_filters.ChildOfFilter,
        wagtail_filters.AncestorOfFilter,
        wagtail_filters.DescendantOfFilter,
        wagtail_filters.TranslationOfFilter,
        wagtail_filters.LocaleFilter,
        AddressFilter,
        DateFilter,
        WordsFilter,
        OrderFilter,
    ]
    summary = "The pages of a site that any visitor may see in the language."
    parameters = {
        **PARAMETERS,
        "type": (TEXT, "Page types, separated by commas."),
        "child_of": (TEXT, "The id of the page above them, or `root`."),
        "ancestor_of": (NUMBER, "The id of a page below them."),
        "descendant_of": (TEXT, "The id of a page above them at any level, or `root`."),
        "translation_of": (TEXT, "The id of a page in another tree of Wagtail's, or `root`."),
        "locale": (TEXT, "The language of a tree of Wagtail's."),
        "site": (TEXT, "The name of a host."),
        "slug": (TEXT, "The last part of the address in the language."),
        "search": (TEXT, "Words in texts of the language; with one multilingual page type."),
        "search_operator": ({"enum": ["and", "or"]}, "Whether all words are needed, or any."),
        "order": (
            {
                "enum": [
                    sign + name for name in ("id", "published_at", "title") for sign in ("", "-")
                ]
            },
            "Ascending, or with a minus descending; by title with one page type.",
        ),
        "rich_text_format": (
            {"enum": ["db_html", "html", "db_markdown", "markdown"]},
            "How rich text is written.",
        ),
        "format": (TEXT, "As in Wagtail's API."),
        "_": (TEXT, "Anything."),
    }
    known_query_parameters = frozenset(parameters)
    detail_parameters = InLanguageMixin.detail_parameters | {"site"}
    meta_fields = [
        *(name for name in PagesAPIViewSet.meta_fields if name != "alias_of"),
        *("language", "alternates", "published_at"),
    ]
    listing_default_fields = [
        *PagesAPIViewSet.listing_default_fields,
        *("language", "alternates", "published_at"),
    ]

    @classmethod
    def described(cls, is_listing):
        """The JSON schema of a page in a list, or of a single one, which has other fields too."""
        place = record({"id": NUMBER, "meta": record(PLACE), "title": nullable(TEXT)})
        meta = {**PLACE, **META, "parent": nullable(place)}
        names = {*cls.listing_default_fields} if is_listing else {*meta}
        meta = {name: meta[name] for name in meta if name in names}
        return record({"id": NUMBER, "meta": record(meta), "title": TEXT})

    @classmethod
    def get_body_fields(cls, model):
        texts, columns = translated_fields(model), languages_by_column(model)
        shared = [
            each
            for each in super().get_body_fields(model)
            if each.serializer or not (each.name in texts or each.name in columns)
        ]
        own = [APIField(name, serializer=cls.text_field()) for name in language_fields(model)]
        return [*shared, *own]

    @classmethod
    def get_available_fields(cls, model, db_fields_only=False):
        names = super().get_available_fields(model, db_fields_only)
        texts = {*TEXTS, *translated_fields(model)} if db_fields_only else ()
        return [name for name in names if name not in texts]

    def get_base_queryset(self):
        return self._visible_pages

    @cached_property
    def _visible_pages(self):
        # Wagtail asks for it with each filter and serializer, and it reads all view restrictions.
        pages = super().get_base_queryset()
        return pages.filter(has_row(visible_rows()) | is_of_other_type())

    def paginate_queryset(self, queryset):
        pages = list(super().paginate_queryset(queryset.specific()))
        multilingual = [page for page in pages if isinstance(page, MultilingualPageMixin)]
        prefetch_related_objects(multilingual, address_lookup())
        prefetch_related_objects(pages, "locale")
        return pages

    def find_object(self, queryset, request):
        """The page at ``html_path``, with or without the prefix of a language, or with ``id``."""
        if id_in(request.GET.get("id", "0")) is None:
            raise BadRequestError("id must be a positive integer")
        site, path = Site.find_for_request(request), request.GET.get("html_path")
        if path is None or site is None:
            return super().find_object(queryset, request)
        components = [each for each in path.split("/") if each]
        if components and components[0] in available_languages():
            components = components[1:]
        match = find_below_root(request, site.root_page, components, active_language())
        if match is None:
            return self._routed(queryset, request, site.root_page.specific, components)
        is_there = not match.remaining and match.language == active_language()
        return queryset.filter(pk=match.page_id).first() if is_there else None

    def _routed(self, queryset, request, root, components):
        """The page that Wagtail finds below ``root``, for pages of types without languages."""
        try:
            page, _args, _kwargs = root.route(request, components)
        except Http404:
            return None
        return queryset.filter(pk=page.pk).first()
