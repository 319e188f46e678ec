"""Wagtail's lists of pages with a column for each language: the explorer, and uses of a type."""

from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.usage import ContentTypeUseView

from articles.languages.filters import LanguageExplorerFilterSet
from articles.languages.tables import language_columns


def with_language_columns(columns, after="title"):
    """``columns`` with one for each language behind the one called ``after``."""
    position = next(number for number, each in enumerate(columns) if each.name == after) + 1
    return [*columns[:position], *language_columns(), *columns[position:]]


class LanguageListingMixin:
    """Fetch what the language columns show with the pages, in one query for all of them."""

    def annotate_queryset(self, pages):
        return super().annotate_queryset(pages.prefetch_related("languages"))


class LanguageExplorerView(LanguageListingMixin, ExplorableIndexView):
    base_filterset_class = LanguageExplorerFilterSet
    base_columns = with_language_columns(ExplorableIndexView.base_columns)


class LanguageUseView(LanguageListingMixin, ContentTypeUseView):
    base_columns = with_language_columns(ContentTypeUseView.base_columns)
