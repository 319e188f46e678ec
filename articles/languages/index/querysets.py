"""The manager and queryset of pages in several languages, and filters by language."""

from collections.abc import Iterable
from typing import Self

from django.db.models import Exists, F, Lookup, OuterRef, Prefetch, Q, QuerySet, Subquery
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from diptych.articles.languages.config.fields import record_columns
from diptych.articles.languages.config.language_config import active_language
from diptych.articles.languages.index import searching
from diptych.articles.languages.index.aliases import second_addresses
from diptych.articles.languages.index.sites import root_path_above
from diptych.articles.languages.models import PageLanguage

#: The columns of any page that its address and its place on a site depend on.
PAGE_COLUMNS = (
    "title",
    "path",
    "depth",
    "url_path",
    "live",
    "alias_of",
    "first_published_at",
    "source_language",
)


def plain(model):
    """A queryset of ``model`` to which neither Wagtail nor modeltranslation adds anything.

    It takes half the time. Its rows come in no order, and columns are named with their language.
    """
    return QuerySet(model).order_by()


def address_lookup():
    """The ``Prefetch`` that ``language_rows`` of pages reads."""
    return Prefetch("languages", PageLanguage.objects.in_use(), to_attr="_language_rows")


def is_gathered_for(page, of=""):
    """The condition of :meth:`MultilingualPageQuerySet.gathered_for`, ``of`` leading to a page."""
    root_path = root_path_above(page)
    if not root_path:
        return Q(**{f"{of}alias_of__isnull": True})
    aliases = second_addresses(root_path).values("pk")
    return Q(**{f"{of}url_path__startswith": root_path}) & ~Q(**{f"{of}pk__in": aliases})


class PagesWithRow(Subquery):
    """The pages of ``rows``, of ``PageLanguage``; as SQL, that the outer page has such a row."""

    def __init__(self, rows):
        super().__init__(rows.values("page"))
        self.has_row = Exists(rows.filter(page=OuterRef("pk")))

    def get_source_expressions(self):
        return [self.query, self.has_row]

    def set_source_expressions(self, expressions):
        self.query, self.has_row = expressions

    def as_sql(self, compiler, connection, **options):
        return compiler.compile(self.has_row)


class HasRow(Lookup):
    """The condition that a primary key is among :class:`PagesWithRow`.

    A database looks for the row of each page it has found, by index; with ``pk__in`` it lists the
    rows of all pages first. Wagtail's search needs a lookup, and engines apart the keys themselves.
    """

    lookup_name = "in"

    def as_sql(self, compiler, connection):
        return compiler.compile(self.rhs)


class MultilingualPageQuerySet(PageQuerySet):
    """Queries for the pages that the public may see."""

    def visible_in(self, language: str | None = None) -> Self:
        """Pages that any visitor may see in ``language``, the active one by default.

        Every list, feed, search and sitemap starts here.
        """
        visible = PageLanguage.objects.visible_in(language or active_language())
        return self.filter(HasRow(F("pk"), PagesWithRow(visible)))

    def gathered_for(self, page: Page, chosen: Iterable[int] = ()) -> Self:
        """Pages for lists over the whole site of ``page``, each text once.

        Aliases are left out in favour of their originals. With several sites, only pages of that of
        ``page`` are kept, and an alias only if its original is on another site. Pages ``chosen``
        by editors (primary keys) always stay.
        """
        gathered = is_gathered_for(page)
        return self.filter(gathered | Q(pk__in=chosen) if chosen else gathered)

    def search(
        self,
        query,
        fields=None,
        operator=None,
        order_by_relevance=True,
        order_by=None,
        backend="default",
    ):
        """Search what any visitor may read in the active language, as Wagtail's method does.

        Also of ``Page``, for pages of all types that are searched by language.
        """
        if not getattr(self.model, "is_searched_by_language", True):
            return super().search(query, fields, operator, order_by_relevance, order_by, backend)
        language = active_language()
        visible = self.visible_in(language)
        return searching.search(
            visible.order_by(order_by) if order_by else visible,
            language,
            query,
            fields=fields,
            operator=operator,
            is_ranked=order_by_relevance and not order_by,
            backend=backend,
        )

    def defer_streamfields(self):
        """Also defer provenance, which is as long as the texts.

        Wagtail calls this wherever it iterates over many pages.
        """
        return super().defer_streamfields().defer(*record_columns(self.model))

    def with_addresses(self) -> Self:
        """Prefetch the rows of which addresses are made, in one query."""
        return self.prefetch_related(address_lookup())


MultilingualPageManager = PageManager.from_queryset(MultilingualPageQuerySet)
