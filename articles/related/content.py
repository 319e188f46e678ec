"""The texts and the compared attributes of a live article."""

from datetime import date
from functools import lru_cache

from django.db.models import CharField, DateTimeField, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.fields import StreamField
from wagtail.rich_text import get_text_for_indexing

from diptych.articles.languages.config.fields import readable_columns
from diptych.articles.languages.config.language_config import column
from diptych.articles.linguistics.tokenizer import folded_words
from diptych.articles.models import ArticleAuthor, ArticlePage, ArticleTopic
from diptych.articles.related.models import TermVector
from diptych.articles.related.similarity import Facts
from diptych.articles.related.terms import count_terms

#: Fields that are not compared.
IGNORED = ("url_slug", "meta_title", "meta_description")
#: Fields without which a text is thin if it has fewer words than these.
OPENING, THIN = ("headline", "lead"), 50
#: The topics or authors of an article without any.
NONE = frozenset()


def texts_of(page, language):
    """The texts of ``page`` in ``language``, by the column they are stored in."""
    ignored = {column(name, language) for name in IGNORED}
    return {
        name: _plain(page._meta.get_field(name), value)
        for name in readable_columns(type(page), language)
        if name not in ignored and (value := getattr(page, name))
    }


def _plain(field, value):
    if isinstance(field, StreamField):
        return "\n".join(map(str, field.get_searchable_content(value)))
    return get_text_for_indexing(str(value))


def read_terms(page, language):
    """``(terms, counts, is_thin)`` of ``page`` in ``language``; see ``count_terms``."""
    texts = texts_of(page, language)
    opening = {column(name, language) for name in OPENING}
    length = sum(len(folded_words(text)) for name, text in texts.items() if name not in opening)
    return *count_terms(texts.values()), length < THIN


class FactsReader:
    """Reads the :class:`Facts` of all articles that have a vector.

    Their topics and authors are read once for all languages.
    """

    @cached_property
    def _topics(self):
        return _entries(ArticleTopic, "topic_id", article_id__in=self._compared)

    @cached_property
    def _authors(self):
        return _entries(ArticleAuthor, "author_id", article_id__in=self._compared)

    @property
    def _compared(self):
        return TermVector.objects.order_by().values("row__page_id")

    def all_in(self, language, vectors):
        """By their ids, those of the articles with one of ``vectors``, a query of a language."""
        pages = vectors.values("row__page_id")
        return _facts(pages, language, self._topics, self._authors)


def facts_of(page_ids, language):
    """The :class:`Facts` of stored articles, by their ids; three queries."""
    topics = _entries(ArticleTopic, "topic_id", article_id__in=page_ids)
    authors = _entries(ArticleAuthor, "author_id", article_id__in=page_ids)
    return _facts(page_ids, language, topics, authors)


def _facts(page_ids, language, topics, authors):
    dates = ("publication_date", column("first_public_at", language), "first_published_at")
    # As text, as reading thousands of dates takes longer than all else here.
    moment = Cast(Coalesce(*dates, output_field=DateTimeField()), CharField())
    articles = QuerySet(ArticlePage).filter(pk__in=page_ids).annotate(moment=moment)
    today = timezone.now().toordinal()
    return {
        pk: Facts(
            topics.get(pk, NONE),
            authors.get(pk, NONE),
            series,
            _day_of(moment[:10]) if moment else today,
        )
        for pk, series, moment in articles.values_list("pk", "series_id", "moment")
    }


@lru_cache(maxsize=10_000)
def _day_of(text):
    return date.fromisoformat(text).toordinal()


def _entries(model, name, **condition):
    found = {}
    # Without the manager, whose rewriting of columns takes longer than reading thousands of rows.
    entries = QuerySet(model).order_by().filter(**condition)
    for pk, other in entries.values_list("article_id", name):
        found.setdefault(pk, []).append(other)
    return {pk: frozenset(others) for pk, others in found.items()}


def facts_in_form(page, language):
    """The :class:`Facts` of an article as it is in a form, stored or not."""
    moment = page.publication_date or page.text_in("first_public_at", language)
    return Facts(
        frozenset(entry.topic_id for entry in page.topics.all() if entry.topic_id),
        frozenset(entry.author_id for entry in page.authors.all() if entry.author_id),
        page.series_id,
        (moment or timezone.now()).toordinal(),
    )
