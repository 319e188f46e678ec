"""Reads the stored vectors, weighted by the document frequencies of their language."""

from functools import lru_cache
from itertools import islice

from django.db.models import CharField
from django.db.models.functions import Cast

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.related.content import FactsReader, facts_of
from diptych.articles.related.frequencies import DocumentFrequencies
from diptych.articles.related.models import TermStatistics, TermVector
from diptych.articles.related.similarity import Article
from diptych.articles.related.vectors import Vector, unpack
from diptych.articles.related.vectors_in_memory import WholeLanguage

#: A language of fewer articles is compared whole; of more, each article with candidates.
COMPARED_WHOLE = 2_000
WEIGHTED_AT_ONCE = 500


def vectors_in(language):
    """The stored vectors of the articles that are live in ``language``."""
    return TermVector.objects.filter(row__language=language)


def has_thin(language):
    """Whether there are articles in ``language`` that are little more than headline and lead."""
    return vectors_in(language).filter(is_thin=True).exists()


def _statistics(language):
    """The statistics of ``language``, if it had many articles when they were counted."""
    large = TermStatistics.objects.filter(articles__gte=COMPARED_WHOLE)
    return large.filter(language=language, frequencies__isnull=False)


def is_large(language):
    """Whether the articles in ``language`` are found by candidate terms."""
    return _statistics(language).exists()


class Frequencies(dict):
    """The :class:`DocumentFrequencies` of each language, by its code, read when asked for."""

    def __missing__(self, language):
        counted_at = _statistics(language).values_list("counted_at", flat=True).first()
        if counted_at:
            self[language] = _stored_frequencies(language, counted_at)
        else:
            self[language], _vectors = _whole(language).read()
        return self[language]


@lru_cache(maxsize=8)
def _stored_frequencies(language, _counted_at):
    """Some megabytes, and the same until they are counted again."""
    articles, packed = _statistics(language).values_list("articles", "frequencies").get()
    return DocumentFrequencies.unpacked(articles, bytes(packed))


def stored_terms(vectors):
    """``(row, page, terms, counts, is_thin)`` for each of a queryset of vectors."""
    names = ("row_id", "row__page_id", "terms", "is_thin")
    for row, page, packed, is_thin in vectors.order_by().values_list(*names).iterator():
        yield row, page, *unpack(bytes(packed)), is_thin


def _weighted(read, frequencies):
    read = iter(read)
    while part := list(islice(read, WEIGHTED_AT_ONCE)):
        vectors = Vector.all_weighted([counted for _row, _page, *counted in part], frequencies)
        for (row, page, *_counted), vector in zip(part, vectors, strict=True):
            yield row, page, vector


@lru_cache(maxsize=8)
def _whole(language):
    """The :class:`WholeLanguage` that this process keeps of a small language."""

    def stamps():
        # As text, as reading thousands of dates takes longer.
        written = Cast("updated_at", CharField())
        return dict(vectors_in(language).order_by().values_list("row_id", written))

    def stored(rows=None):
        condition = {} if rows is None else {"row_id__in": rows}
        return stored_terms(vectors_in(language).filter(**condition))

    return WholeLanguage(stamps, stored)


def load_vectors(language, frequencies, **condition):
    """``(row, page, vector)`` for the articles in ``language`` that meet a ``condition``."""
    if not condition and not is_large(language):
        _frequencies, vectors = _whole(language).read()
        return vectors
    found = vectors_in(language).filter(**condition)
    return _weighted(stored_terms(found), frequencies[language])


def load_articles(language, frequencies, rows=None, pooled=False, facts=None):
    """``{row: Article}`` of all articles in ``language``, or of those in some ``rows``.

    ``pooled``: with their texts in the other languages. ``facts`` is a :class:`FactsReader`.
    """
    condition = {} if rows is None else {"row_id__in": list(rows)}
    found = list(load_vectors(language, frequencies, **condition))
    pages = [page for _row, page, _vector in found]
    if rows is None:
        facts = (facts or FactsReader()).all_in(language, vectors_in(language))
    else:
        facts = facts_of(pages, language)
    articles = {
        row: Article(row, page, facts[page], {language: vector})
        for row, page, vector in found
        if page in facts
    }
    if pooled:
        by_page = {each.page: each for each in articles.values()}
        condition = {} if rows is None else {"row__page_id__in": list(by_page)}
        for code in available_languages():
            if code != language:
                for _row, page, vector in load_vectors(code, frequencies, **condition):
                    if page in by_page:
                        by_page[page].vectors[code] = vector
    return articles
