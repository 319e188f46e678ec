"""The texts and facts of articles, as they are live."""

from functools import lru_cache

from django.apps import apps
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.rich_text import get_text_for_indexing

from articles.languages.available import column
from articles.languages.fields import readable_columns
from articles.related.models import RelatedVocabulary
from articles.related.nearness import Facts
from articles.related.texts import Text
from articles.related.vocabulary import Vocabulary
from articles.related.words import counted, words_of

#: How much the words of a field count; those of any other field count once.
WEIGHTS = {"headline": 3, "lead": 2}
#: Fields that say nothing of their own.
SILENT = ("url_slug", "meta_title", "meta_description")
#: With fewer words beside headline and lead, a text is thin.
THIN = 50


def passages(page, language):
    """The texts of ``page`` in ``language``, each with its weight."""
    weights = {column(name, language): weight for name, weight in WEIGHTS.items()}
    silent = {column(name, language) for name in SILENT}
    for name in readable_columns(type(page), language):
        value = getattr(page, name)
        if value and name not in silent:
            yield _plain(page._meta.get_field(name), value), weights.get(name, 1)


def _plain(field, value):
    if isinstance(field, StreamField):
        return "\n".join(map(str, field.get_searchable_content(value)))
    return get_text_for_indexing(str(value))


def read(page, language):
    """All terms of ``page`` in ``language``, how often each occurs, and whether it is thin."""
    parts = [(words_of(text), weight) for text, weight in passages(page, language)]
    length = sum(len(words) for words, weight in parts if weight == 1)
    return *counted(parts), length < THIN


def text_of(page, language, vocabulary, is_counted=True):
    """The :class:`Text` of ``page`` in ``language``; see there what ``is_counted`` says."""
    terms, counts, is_thin = read(page, language)
    return Text.read(terms, counts, vocabulary, is_thin, is_counted)


def facts_of(page_ids, language):
    """The :class:`Facts` of pages, by their ids; three queries."""
    articles = apps.get_model("diptych", "ArticlePage").objects.filter(pk__in=page_ids)
    topics = _related("ArticleTopic", "topic_id", page_ids)
    authors = _related("ArticleAuthor", "author_id", page_ids)
    dates = ("publication_date", column("first_public_at", language), "first_published_at")
    found = {}
    for pk, series, *moments in articles.values_list("pk", "series_id", *dates):
        moment = next(filter(None, moments), None) or timezone.now()
        found[pk] = Facts(
            frozenset(topics.get(pk, ())),
            frozenset(authors.get(pk, ())),
            series,
            moment.toordinal(),
        )
    return found


def _related(model, name, page_ids):
    found = {}
    entries = apps.get_model("diptych", model).objects.filter(article_id__in=page_ids)
    for pk, other in entries.values_list("article_id", name):
        found.setdefault(pk, []).append(other)
    return found


def vocabulary_of(stored):
    """The :class:`Vocabulary` that was counted for a language, from its row."""
    return _unpacked(stored.language, stored.counted_at, stored.articles)


@lru_cache(maxsize=8)
def _unpacked(language, counted_at, articles):
    """Each is some megabytes in a large journal, and the same until it is counted anew.

    Where that has happened since the row was read, it is what was counted last.
    """
    found = RelatedVocabulary.objects.filter(language=language)
    articles, packed = found.values_list("articles", "terms").first() or (articles, None)
    return Vocabulary.unpacked(articles, bytes(packed)) if packed else Vocabulary(articles)
