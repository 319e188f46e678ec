"""Wagtail's search for the live texts of one language: its index, and pages found by it."""

from django.db import connection, models
from django.utils.functional import cached_property
from django_tasks import task
from modelsearch import index
from modelsearch.backends import get_search_backend, get_search_backends
from modelsearch.backends.base import FilterFieldError, SearchFieldError

from diptych.articles.languages.config.fields import translated_fields
from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.models import PageInLanguage

#: More results than any search has.
MOST = 2**31


@task()
def index_languages_task(pk):
    """Index the live languages of the page ``pk``, and no others."""
    rows = list(PageInLanguage.get_indexed_objects().filter(page=pk))
    if rows:
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(PageInLanguage, rows)
    for row in PageInLanguage.objects.filter(page=pk).exclude(pk__in=[each.pk for each in rows]):
        index.remove_object(row)


def search(pages, language, query, *, fields, operator, is_ranked, backend):
    """The results of a search for ``pages``, a queryset of those visible in ``language``."""
    engine = get_search_backend(backend)
    options = {"fields": fields, "operator": operator, "order_by_relevance": is_ranked}
    if fields:
        columns = _searched_columns(pages.model, fields, language)
        if not _is_on_sqlite(engine):
            return engine.search(query, pages, **options | {"fields": columns})
        # The index of SQLite has titles in one column, and all else in another.
        titles = {column("headline", language), "title"}
        options["fields"] = sorted({"title" if each in titles else "body" for each in columns})
    rows = PageInLanguage.objects.filter(language=language, page__in=pages.order_by().values("pk"))
    return PagesFound(pages, engine.search(query, rows, **options), is_ranked=is_ranked)


def _searched_columns(model, names, language):
    """The columns of search fields of a page type in a ``language``: headlines for titles.

    Raises Wagtail's ``SearchFieldError`` for other names.
    """
    translated = translated_fields(model)
    known = {each.field_name for each in model.get_searchable_search_fields()}
    columns = []
    for name in ["headline" if each == "title" else each for each in names]:
        columns.append(column(name, language) if name in translated else name)
        if columns[-1] not in known:
            message = f'Cannot search with field "{name}" of {model.__name__}.'
            raise SearchFieldError(message, field_name=name)
    return columns


def _is_on_sqlite(engine):
    return connection.vendor == "sqlite" and hasattr(engine.results_class, "get_queryset")


class PagesFound:
    """Pages found by the texts of one language, for use as the results of Wagtail's search.

    ``rows`` are results of :class:`PageInLanguage`, ``pages`` a queryset of what may be found. They
    come by relevance if ``is_ranked``, or in the order of ``pages``.
    """

    supports_facet = True

    def __init__(self, pages, rows, *, is_ranked, score="", limits=slice(None)):
        self.pages, self.rows, self.is_ranked = pages, rows, is_ranked
        self.score, self.limits = score, limits
        self.model = pages.model

    def __getitem__(self, key):
        if not isinstance(key, slice):
            return self[key : key + 1].results()[0]
        places = range(MOST)[self.limits][key]
        return self._with(limits=slice(places.start, places.stop))

    def __iter__(self):
        return iter(self.results())

    def __len__(self):
        return len(self.results())

    def results(self):
        return self._results

    def count(self):
        return len(range(self._count)[self.limits])

    def annotate_score(self, field_name):
        return self._with(score=field_name)

    def facet(self, field_name):
        """Count what was found by the values of a ``FilterField``, the most frequent first."""
        filters = self.model.get_filterable_search_fields()
        if field_name not in {each.get_attname(self.model) for each in filters}:
            message = f"{field_name} is no FilterField of {self.model.__name__}.search_fields."
            raise FilterFieldError(message, field_name=field_name)
        counts = self.matching().order_by().values_list(field_name).annotate(models.Count("pk"))
        return dict(counts.order_by("-pk__count"))

    def matching(self):
        """Those of ``pages`` that were found, in their own order, as a queryset."""
        if hasattr(self.rows, "get_queryset"):
            return self.pages.filter(pk__in=self.rows.get_queryset().order_by().values("page"))
        return self.pages.filter(pk__in=[row.page_id for row in self.rows])

    def _with(self, **changes):
        now = {"is_ranked": self.is_ranked, "score": self.score, "limits": self.limits}
        return type(self)(self.pages, self.rows, **now | changes)

    @cached_property
    def _count(self):
        return self.rows.count()

    @cached_property
    def _results(self):
        if not self.is_ranked:
            pages = self.matching()
            found = list((pages if pages.ordered else pages.order_by("-pk"))[self.limits])
            scored = self.rows.annotate_score(self.score) if self.score else ()
            return self._scored(found, scored)
        rows = self.rows.annotate_score(self.score) if self.score else self.rows
        rows = list(rows[self.limits])
        pages = {each.pk: each for each in self.pages.filter(pk__in=[row.page_id for row in rows])}
        return self._scored([pages[row.page_id] for row in rows if row.page_id in pages], rows)

    def _scored(self, pages, rows):
        scores = {row.page_id: getattr(row, self.score) for row in rows if self.score}
        for page in pages if self.score else ():
            setattr(page, self.score, scores[page.pk])
        return pages
