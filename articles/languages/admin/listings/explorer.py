"""Page listings with a column for each language: explorer, page type usage, and search."""

from copy import copy

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import Count
from django.utils.functional import cached_property, classproperty
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.search.query import MATCH_ALL
from wagtail.search.utils import parse_query_string, separate_filters_from_query

from diptych.articles.languages.admin.access import has_all_pages, tell_if_being_deleted
from diptych.articles.languages.admin.listings.filters import LanguageExplorerFilterSet
from diptych.articles.languages.admin.listings.searching import (
    LONGEST,
    SearchedListMixin,
    TitleColumn,
)
from diptych.articles.languages.admin.listings.tables import WIDE, language_columns
from diptych.articles.languages.admin.page_actions.copies_for_locales import WithoutCopyingMixin
from diptych.articles.languages.index.copies import is_copied, mark_unrenamed_copies
from diptych.articles.languages.index.querysets import address_lookup
from diptych.articles.languages.models import schedule_lookup

TITLE = _("Title")


def title_and_languages(heading=TITLE):
    """The first columns of every listing: title, and state in each language."""
    title = TitleColumn("title", label=heading, sort_key="title", classname="title diptych-title")
    return [title, *language_columns()]


#: Columns of Wagtail's lists of pages beside which the title would have no room on a phone.
SPACIOUS = {"parent", "latest_revision_created_at", "type", "status"}


def with_languages(columns):
    """``columns`` with one for each language after the title, and fewer on narrow screens."""
    listed = []
    for column in columns:
        if column.name == "title":
            listed += title_and_languages()
        else:
            listed.append(_wide(column) if column.name in SPACIOUS else column)
    return listed


def _wide(column):
    """A copy of ``column`` that is left out on narrow screens."""
    wide = copy(column)
    wide.classname = " ".join(filter(None, (column.classname, WIDE)))
    wide.header = Column.Header(wide)
    # A width of its own would stay empty there.
    wide.width = None
    return wide


class LanguageListingMixin(SearchedListMixin):
    """Prefetches the rows of the language columns, and marks copies until they are renamed."""

    def pages_in_list(self):
        """The pages for users who may explore all; ``None`` to leave it to Wagtail's view."""
        return None

    def get_base_queryset(self):
        pages = self.pages_in_list() if has_all_pages(self.request.user) else None
        return super().get_base_queryset() if pages is None else self.annotate_queryset(pages)

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


class LanguageExplorerView(WithoutCopyingMixin, LanguageListingMixin, ExplorableIndexView):
    base_filterset_class = LanguageExplorerFilterSet
    base_columns = with_languages(ExplorableIndexView.base_columns)

    @property
    def is_list_of_children(self):
        """Whether the children of a page are listed, neither searched nor filtered."""
        return not (self.is_searching or self.is_filtering)

    def pages_in_list(self):
        return self.model.objects.child_of(self.parent_page) if self.is_list_of_children else None

    def get_paginator(self, *args, **kwargs):
        """Where all children are listed, Wagtail has counted them already."""
        paginator = super().get_paginator(*args, **kwargs)
        is_narrowed = hooks.get_hooks("construct_explorer_page_queryset")
        if self.is_list_of_children and has_all_pages(self.request.user) and not is_narrowed:
            paginator.count = self.parent_page.numchild
        return paginator

    def get_context_data(self, **kwargs):
        if not self.results_only:
            tell_if_being_deleted(self.request, self.parent_page)
        return super().get_context_data(**kwargs)

    def search_queryset(self, queryset):
        """Call the hook that Wagtail's method calls, which the mixin replaces; then search."""
        for hook in hooks.get_hooks("construct_explorer_page_queryset"):
            queryset = hook(self.parent_page, queryset, self.request)
        return super().search_queryset(queryset)


class LanguageUseView(LanguageListingMixin, ContentTypeUseView):
    base_columns = with_languages(ContentTypeUseView.base_columns)


class LanguageSearchView(LanguageListingMixin, SearchView):
    """Wagtail's search of all pages, by titles and texts as in the lists."""

    verbose_name = SearchView.model._meta.verbose_name
    verbose_name_plural = SearchView.model._meta.verbose_name_plural

    @classproperty
    def columns(cls):
        return with_languages(super().columns)

    @cached_property
    def is_searching(self):
        return bool(self.text_query.strip())

    @cached_property
    def query_filters(self):
        """``(filters, text)`` of a typed query, such as ``live:yes climate``."""
        return separate_filters_from_query(self.search_query)

    @property
    def title_query(self):
        _filters, query = parse_query_string(
            self.search_query[:LONGEST], operator="and", zero_terms=MATCH_ALL
        )
        return query

    @property
    def text_query(self):
        _filters, text = self.query_filters
        return text

    def get_queryset(self):
        found = self.search_queryset(self._pages())
        counts = dict(found.order_by().values_list("content_type").annotate(Count("pk")))
        self.content_types = [
            (ContentType.objects.get_for_id(key), count) for key, count in counts.items()
        ]
        self.number_found = sum(counts.values())
        # The template asks a queryset how many there are.
        self.all_pages = Paginator(found, self.paginate_by)
        self.all_pages.count = self.number_found
        if chosen := self.selected_content_type:
            found = self.search_queryset(self._pages().filter(content_type=chosen))
            self.number_found = found.count()
        if self.ordering:
            found = found.order_by(self.ordering)
        return self.annotate_queryset(found)

    def get_paginator(self, *args, **kwargs):
        """With the number of pages found, which need not be counted again."""
        paginator = super().get_paginator(*args, **kwargs)
        paginator.count = self.number_found
        return paginator

    def _pages(self):
        """The pages that are searched: those that the user may explore, with the state typed."""
        pages = self.model.objects.all()
        is_filtered = getattr(settings, "WAGTAILADMIN_PAGE_SEARCH_FILTER_BY_PERMISSIONS", True)
        if is_filtered and not has_all_pages(self.request.user):
            explorable = self.permission_policy.explorable_instances(self.request.user)
            pages = pages.filter(pk__in=explorable.values_list("pk", flat=True))
        filters, _text = self.query_filters
        state = (filters.get("live") or filters.get("published") or "").lower()
        if state in ("yes", "true"):
            return pages.filter(live=True)
        return pages.filter(live=False) if state in ("no", "false") else pages

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        # Wagtail's template shows the page types beside results that can count them.
        context["object_list"].supports_facet = True
        return context
