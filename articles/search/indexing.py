"""Index live pages after each change, and rebuild the index."""

import logging
from collections import Counter
from copy import copy
from dataclasses import replace
from itertools import chain

import swapper
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django_tasks import task

from diptych.articles.caching.versions import invalidate_tags
from diptych.articles.languages.config.background import (
    SEARCH_BACKEND,
    TableLocked,
    after_commit,
    on_backend,
    waiting_briefly,
)
from diptych.articles.languages.config.signals import rows_written, sites_changed
from diptych.articles.languages.index import sites
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage
from diptych.articles.search import vocabulary
from diptych.articles.search.documents import Document, document_of, kind_of
from diptych.articles.search.models import SearchEntry, SearchText, SearchWord
from diptych.articles.search.vocabulary import is_better

logger = logging.getLogger(__name__)

#: How many pages are rebuilt in one transaction.
BATCH = 50

ENTRY_FIELDS = ("language", "kind", "day", "facets")
TEXT_FIELDS = ("headline", "lead", "headings", "body", "often", "forms", "original")


@receiver(rows_written, dispatch_uid="diptych_search_rows_written")
def update_page(page, rows, text_changed, **kwargs):
    """Index the languages of ``page`` that are live, and remove the others from the index.

    If a table of the index is locked, that is done in the background.
    """
    if kind_of(type(page)) is None:
        return
    try:
        with waiting_briefly():
            _write_page(page, rows, text_changed)
    except TableLocked as error:
        logger.warning("The search gets page %s later: %s", page.pk, error)
        after_commit(on_backend(index_page, SEARCH_BACKEND).enqueue, page.pk)


@task()
def index_page(page_pk):
    """Index a page as it is now; does nothing if it is gone."""
    found = swapper.load_model("wagtailcore", "Page").objects.filter(pk=page_pk)
    rows = PageLanguage.objects.filter(page=page_pk)
    with transaction.atomic():
        list(found.select_for_update().values_list("pk"))
        for page in found.specific():
            _write_page(page, {row.language: row for row in rows}, text_changed=True)
        invalidate_tags(*(f"search:{row.language}" for row in rows))


def _write_page(page, rows, text_changed):
    texts = SearchText.objects.filter(entry__in=[row.pk for row in rows.values()])
    indexed = dict(texts.values_list("entry_id", "original"))
    is_found = not is_left_out(page)
    live = {row.pk: row.language for row in rows.values() if row.live and is_found}
    if gone := indexed.keys() - live.keys():
        SearchEntry.objects.filter(pk__in=gone).delete()
    wanted = live if text_changed else {pk: live[pk] for pk in live if pk not in indexed}
    if wanted:
        read = copy(page)  # which forgets again the topics and authors that are read here
        read._prefetched_objects_cache = {}
        _prefetch([read])
        documents = {pk: document_of(read, language) for pk, language in wanted.items()}
        _write_entries(documents)
        changed = {
            pk: replace(each, known={})
            for pk, each in documents.items()
            if each.original != indexed.get(pk)
        }
        counted = {
            changed[pk].language: _words_changed(changed[pk], tokens, indexed.get(pk))
            for pk, tokens in _write_texts(changed).items()
        }
        if any(chain.from_iterable(counted.values())):
            after_commit(_update_counts, counted)


def is_left_out(page):
    """Whether ``page`` is an alias beside its original; see :func:`scope_of` for several sites."""
    return page.alias_of_id is not None and not sites.are_several()


@receiver(sites_changed, dispatch_uid="diptych_search_sites_changed")
def update_aliases(**kwargs):
    """Index aliases where there are several sites, and only there."""
    rows = PageLanguage.objects.filter(page__alias_of__isnull=False, live=True)
    if sites.are_several():
        missing = rows.filter(search_entry__isnull=True).values("page_id")
        pages = swapper.load_model("wagtailcore", "Page").objects.filter(pk__in=missing)
        for page in pages.specific():
            own = {row.language: row for row in rows.filter(page_id=page.pk)}
            update_page(page, own, text_changed=False)
    else:
        SearchEntry.objects.filter(row__in=rows.values("pk")).delete()


@receiver(pre_delete, sender=SearchText, dispatch_uid="diptych_search_text_deleted")
def uncount_words(instance, **kwargs):
    """Take the words of a page that is unpublished or deleted out of the vocabulary's counts."""
    language = instance.entry.language
    removed = list(_tokens_of(language, instance.original))
    after_commit(_update_counts, {language: ([], removed)})


def outdated_pages():
    """Primary keys of pages that are indexed in a language and not live in it, or the reverse."""
    rows = PageLanguage.objects.select_related("page")
    outdated = set(
        rows.filter(live=False).exclude(search_entry=None).values_list("page", flat=True)
    )
    for row in rows.filter(live=True, search_entry=None):
        if kind_of(row.page.specific_class) is not None and not is_left_out(row.page):
            outdated.add(row.page_id)
    return sorted(outdated)


def rebuild():
    """Index all pages anew, yielding the number of pages done. The site may be used meanwhile."""
    counts, known = {}, {}
    live = PageLanguage.objects.filter(live=True).order_by("page_id")
    ids = list(live.values_list("page_id", flat=True).distinct())
    for start in range(0, len(ids), BATCH):
        for language, tokens in _rebuild_batch(ids[start : start + BATCH]):
            counts.setdefault(language, Counter()).update(tokens.keys())
            own = known.setdefault(language, {})
            own |= {word: each for word, each in tokens.items() if is_better(each, own.get(word))}
        yield min(start + BATCH, len(ids))
    SearchEntry.objects.exclude(row__live=True).delete()
    update_aliases()
    counted = SearchWord.objects.order_by().values_list("language", flat=True).distinct()
    for language in {*counts, *counted}:
        vocabulary.replace_counts(language, counts.get(language, {}), known.get(language, {}))


@transaction.atomic
def _rebuild_batch(ids):
    """Index some pages; returns ``(language, tokens)`` of each text.

    Publishing one of them waits meanwhile, so that no older text replaces a newer one.
    """
    pages = swapper.load_model("wagtailcore", "Page").objects.filter(pk__in=ids)
    list(pages.order_by("pk").select_for_update().values_list("pk"))
    found = [page for page in pages.specific() if kind_of(type(page)) and not is_left_out(page)]
    _prefetch(found)
    pages = {page.pk: page for page in found}
    rows = PageLanguage.objects.filter(live=True, page__in=pages)
    documents = {row.pk: document_of(pages[row.page_id], row.language) for row in rows}
    _write_entries(documents)
    return [(documents[pk].language, tokens) for pk, tokens in _write_texts(documents).items()]


def _prefetch(pages):
    articles = [page for page in pages if isinstance(page, ArticlePage)]
    prefetch_related_objects(articles, "topics", "authors")


def _write_entries(documents):
    entries = [
        SearchEntry(row_id=pk, **{name: getattr(document, name) for name in ENTRY_FIELDS})
        for pk, document in documents.items()
    ]
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["row"], update_fields=ENTRY_FIELDS
    )


def _write_texts(documents):
    """Write the texts of entries, by key; returns the tokens of each."""
    texts, tokens = [], {}
    # In the order of the index of SQLite, which writes to disk where a text stands before the last.
    for pk, document in sorted(documents.items(), key=lambda item: (item[1].language, item[0])):
        stems, tokens[pk] = document.analysed()
        texts.append(SearchText(entry_id=pk, original=document.original, **stems))
    SearchText.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["entry"], update_fields=TEXT_FIELDS
    )
    return tokens


def _words_changed(document, tokens, original_before):
    """The tokens a text has gained, and the words it has lost."""
    language = document.language
    before = _tokens_of(language, original_before, document.known) if original_before else {}
    added = [token for word, token in tokens.items() if word not in before]
    return added, [word for word in before if word not in tokens]


def _update_counts(changes):
    with waiting_briefly():
        vocabulary.update_counts(changes)


def _tokens_of(language, original, known=None):
    return Document(language, **original, known=known).analysed()[1]
