"""Page listings with a column for each language: explorer and page type usage."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.usage import ContentTypeUseView

from articles.languages.admin.filters import LanguageExplorerFilterSet
from articles.languages.admin.searching import SearchedListMixin, TitleColumn
from articles.languages.admin.tables import language_columns
from articles.languages.copies import is_copied, mark_unrenamed_copies
from articles.languages.models import schedule_lookup
from articles.languages.querysets import address_lookup

TITLE = _("Title")


def title_and_languages(heading=TITLE):
    """The first columns of every listing: title, and state in each language."""
    title = TitleColumn("title", label=heading, sort_key="title", classname="title diptych-title")
    return [title, *language_columns()]


def with_languages(columns):
    """``columns`` with one for each language after the title."""
    position = next(number for number, each in enumerate(columns) if each.name == "title")
    return [*columns[:position], *title_and_languages(), *columns[position + 1 :]]


class LanguageListingMixin(SearchedListMixin):
    """Prefetches what the language columns show, and marks copies until they are renamed."""

    def annotate_queryset(self, pages):
        return super().annotate_queryset(
            pages.prefetch_related(address_lookup(), schedule_lookup()).annotate(
                is_copied=is_copied()
            )
        )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        mark_unrenamed_copies(list(context["object_list"]))
        return context


class LanguageExplorerView(LanguageListingMixin, ExplorableIndexView):
    base_filterset_class = LanguageExplorerFilterSet
    base_columns = with_languages(ExplorableIndexView.base_columns)

    def search_queryset(self, queryset):
        """Call the hook that Wagtail's method calls, which the mixin replaces; then search."""
        for hook in hooks.get_hooks("construct_explorer_page_queryset"):
            queryset = hook(self.parent_page, queryset, self.request)
        return super().search_queryset(queryset)


class LanguageUseView(LanguageListingMixin, ContentTypeUseView):
    base_columns = with_languages(ContentTypeUseView.base_columns)
