"""Filters, search and order for Wagtail's API v2, by what is visible in the active language."""

from functools import cache

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Coalesce
from rest_framework.filters import BaseFilterBackend
from wagtail.api.v2.utils import BadRequestError

from diptych.articles.languages.api.serializers import language_fields
from diptych.articles.languages.config.fields import language_of, translated_fields
from diptych.articles.languages.config.language_config import active_language, column
from diptych.articles.languages.index.querysets import HasRow, PagesWithRow
from diptych.articles.languages.index.searching import search
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.pages import MultilingualPageMixin


def visible_rows():
    return PageLanguage.objects.visible_in(active_language())


def has_row(rows):
    """The condition that a page is one of ``rows``, of ``PageLanguage``."""
    return Q(HasRow(F("pk"), PagesWithRow(rows)))


def is_of_other_type():
    """The condition that a page is of a type that is not multilingual."""
    models = [model for model in apps.get_models() if issubclass(model, MultilingualPageMixin)]
    types = ContentType.objects.get_for_models(*models).values()
    return ~Q(content_type__in=[each.pk for each in types])


def with_dates(pages):
    """``pages`` with ``date_in_language``, by which lists of the language are ordered."""
    rows = visible_rows().filter(page=OuterRef("pk")).values("printed_date")
    return pages.alias(date_in_language=Coalesce(Subquery(rows), F("first_published_at")))


class AddressFilter(BaseFilterBackend):
    """``?slug=``, the last part of the address in the language."""

    def filter_queryset(self, request, queryset, view):
        slug = request.GET.get("slug")
        if slug is None:
            return queryset
        there = has_row(visible_rows().filter(slug=slug))
        return queryset.filter(there | (is_of_other_type() & Q(slug=slug)))


class DateFilter(BaseFilterBackend):
    """``?published_after=`` and ``?published_before=``, in the language."""

    def filter_queryset(self, request, queryset, view):
        for name, condition in (("after", "gte"), ("before", "lt")):
            moment = view.moment_in(f"published_{name}")
            if moment is not None:
                queryset = with_dates(queryset).filter(**{f"date_in_language__{condition}": moment})
        return queryset


class OrderFilter(BaseFilterBackend):
    """``?order=`` by id, by date or, of one page type, by title in the language."""

    def filter_queryset(self, request, queryset, view):
        order = request.GET.get("order")
        if not order:
            return queryset
        sign = "-" if order.startswith("-") else ""
        columns = {"id": "pk", "published_at": "date_in_language"}
        if issubclass(queryset.model, MultilingualPageMixin):
            columns["title"] = column("headline", active_language())
        name = columns.get(order.removeprefix("-"))
        if name is None:
            raise BadRequestError(f"order must be one of {', '.join(columns)}, or with a minus")
        return with_dates(queryset).order_by(sign + name, sign + "pk")


class WordsFilter(BaseFilterBackend):
    """``?search=``: words in texts of the language, of one multilingual page type.

    A type with translated search fields is searched as by ``search`` of its querysets. Columns are
    searched of one without: Wagtail's index of pages has every language and drafts in one.
    """

    def filter_queryset(self, request, queryset, view):
        text = request.GET.get("search")
        if text is None:
            return queryset
        if not getattr(settings, "WAGTAILAPI_SEARCH_ENABLED", True):
            raise BadRequestError("search is disabled")
        if not issubclass(queryset.model, MultilingualPageMixin):
            raise BadRequestError("search needs one multilingual page type, as ?type=")
        operator = request.GET.get("search_operator", "and")
        if operator not in ("and", "or"):
            raise BadRequestError("search_operator must be and or or")
        if has_translated_search_fields(queryset.model):
            options = {"fields": None, "operator": operator, "is_ranked": False}
            found = search(queryset, active_language(), text, backend="default", **options)
            return found.matching()
        columns = searched_columns(queryset.model, active_language())
        conditions = [
            Q(*(Q(**{f"{name}__icontains": word}) for name in columns), _connector=Q.OR)
            for word in text.split()[:MOST_WORDS]
        ]
        if not conditions:
            return queryset.none()
        return queryset.filter(Q(*conditions, _connector=operator.upper()))


#: So many words are looked for.
MOST_WORDS = 16


@cache
def has_translated_search_fields(model):
    """Whether readers find texts of ``model``, apart from headlines, by Wagtail's search."""
    fields = [each.field_name for each in model.get_searchable_search_fields()]
    texts = [each for each in fields if language_of(model, each)]
    headlines = translated_fields(model)["headline"].values()
    return model.is_searched_by_language and not {*texts} <= {*headlines}


def searched_columns(model, language):
    """The columns with plain or rich text that are searched: of headlines and shown fields."""
    names = [
        column(name, language) for name in dict.fromkeys(["headline", *language_fields(model)])
    ]
    return [
        name for name in names if isinstance(model._meta.get_field(name), (CharField, TextField))
    ]
