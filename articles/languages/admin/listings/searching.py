"""The search of page lists: by title in any language, and by the texts.

Wagtail's index has the titles and headlines, those of drafts included. An application that indexes
texts adds its search with the hook :data:`HOOK`.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

import swapper
from django.db.models import Case, F, Q, Value, When
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.tables.pages import PageTitleColumn

from diptych.articles.languages.admin.links import list_as_shown
from diptych.articles.languages.admin.listings.states import language_heading

#: Each hook takes the query and returns an object with two methods. ``page_ids(pages, limit)`` is
#: a queryset of the keys of those of ``pages``, a queryset, whose text has the words; of more texts
#: in a language than ``limit``, those created last are found. ``excerpts(pages)``, called
#: afterwards, are lists of :class:`Excerpt` by the key of the page.
HOOK = "register_diptych_text_search"
#: So many pages are found by their titles, and so many by their texts; of more, those created last.
MOST_FOUND = 1_000
#: For a spreadsheet all pages are found by their titles, and those with so many texts.
MOST_EXPORTED = 10_000
#: So many characters are searched in titles. Hundreds of words are too deep an expression.
LONGEST = 255


@dataclass(frozen=True)
class Excerpt:
    """Where the words that were searched stand in a page, as HTML with ``<mark>``."""

    language: str
    text: SafeString

    @property
    def language_name(self):
        return language_heading(self.language)


def pages_by_title(text):
    """The keys of the pages that a search for ``text``, or a query, finds by title or headline.

    A subquery where Wagtail's index is in the database. The relevance is left out: Wagtail
    computes it by one search of the index for each page.
    """
    if isinstance(text, str):
        text = text[:LONGEST]
    pages = swapper.load_model("wagtailcore", "Page").objects.all()
    results = pages.autocomplete(text, order_by_relevance=False)
    if hasattr(results, "get_queryset"):
        return results.get_queryset().order_by().values("pk")
    return [page.pk for page in results]


class SearchedListMixin:
    """Search of a list by titles and texts; pages found by title come first, then the newest."""

    #: How many pages are listed at most, where more were found.
    exceeded_limit = None

    @property
    def title_query(self):
        """The query for titles: a string, or one of Wagtail's query objects."""
        return self.search_query

    @property
    def text_query(self):
        """The query for texts: a string."""
        return self.search_query

    @cached_property
    def text_searches(self):
        return [search(self.text_query) for search in hooks.get_hooks(HOOK)]

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        is_export = getattr(self, "is_export", False)
        limit = MOST_EXPORTED if is_export else MOST_FOUND + 1
        by_title = pages_by_title(self.title_query)
        in_texts = [search.page_ids(queryset, limit) for search in self.text_searches]
        if not is_export:
            by_title, in_texts = self._first_found(queryset, by_title, in_texts)
        by_title = Q(pk__in=by_title)
        queryset = queryset.filter(reduce(or_, (Q(pk__in=ids) for ids in in_texts), by_title))
        if self.is_explicitly_ordered and self.ordering:
            return queryset
        newest = F("latest_revision_created_at").desc(nulls_last=True)
        return queryset.order_by(Case(When(by_title, then=Value(0)), default=1), newest, "-pk")

    def _first_found(self, queryset, by_title, in_texts):
        """The keys of the pages of ``queryset`` in each of the queries, as far as they are listed.

        Each query is asked once, as the lists are made of several queries.
        """
        pages = queryset.order_by("-pk").values_list("pk", flat=True)
        found = [list(pages.filter(pk__in=ids)[: MOST_FOUND + 1]) for ids in (by_title, *in_texts)]
        is_exceeded = any(len(ids) > MOST_FOUND for ids in found)
        self.exceeded_limit = MOST_FOUND if is_exceeded else None
        by_title, *in_texts = (ids[:MOST_FOUND] for ids in found)
        return by_title, in_texts

    def get_table(self, object_list):
        table = super().get_table(object_list)
        table.exceeded_limit = self.exceeded_limit
        # Wagtail's table of pages hands no more of the context to its columns.
        table.no_results_message = self.no_results_message
        return table

    @cached_property
    def no_results_message(self):
        if not self.is_searching:
            return super().no_results_message
        if self.text_searches:
            return _("Nothing found in the titles, those of drafts included, or in the live texts.")
        return _("Nothing found in the titles, those of drafts included.")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.is_searching:
            add_excerpts(context["object_list"], self.text_searches)
        return context


def add_excerpts(pages, searches):
    """Set ``excerpts`` of ``pages``: lists of :class:`Excerpt`, for :class:`TitleColumn`."""
    found = [search.excerpts(pages) for search in searches]
    for page in pages:
        page.excerpts = [excerpt for each in found for excerpt in each.get(page.pk, ())]


class TitleColumn(PageTitleColumn):
    """The title, with excerpts of the texts found; its heading notes if none was found."""

    header_template_name = "diptych_languages/admin/title_column_header.html"
    cell_template_name = "diptych_languages/admin/title_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        """Lead back to the list as it is filtered, from its buttons and from the editor."""
        context = super().get_cell_context_data(instance, parent_context)
        if list_url := context["actions_next_url"]:
            context["actions_next_url"] = list_as_shown(parent_context["request"], list_url)
        return context
