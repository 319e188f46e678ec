"""Keep the entries of search equal to what is live, and write them anew."""

from collections import Counter
from functools import partial

import swapper
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.db.models.signals import pre_delete

from articles.languages import sites
from articles.languages.models.page_language import PageLanguage
from articles.languages.signals import rows_written, sites_changed
from articles.models import ArticlePage
from articles.search import vocabulary
from articles.search.documents import Document, document_of, kind_of
from articles.search.models import SearchEntry, SearchText, SearchWord

#: How many pages are written in one transaction.
PART = 50

ENTRY_FIELDS = ("language", "kind", "day", "facets")
TEXT_FIELDS = ("headline", "lead", "headings", "body", "often", "original")


def page_rows_written(page, rows, text_changed, **kwargs):
    """Follow the engine: index what is live of ``page``, forget what is no longer."""
    if kind_of(type(page)) is None:
        return
    known = dict(
        SearchText.objects.filter(entry__in=[row.pk for row in rows.values()]).values_list(
            "entry_id", "original"
        )
    )
    is_found = not is_left_out(page)
    live = {row.pk: row.language for row in rows.values() if row.live and is_found}
    gone = [pk for pk in known if pk not in live]
    if gone:
        SearchEntry.objects.filter(pk__in=gone).delete()
    wanted = live if text_changed else {pk: live[pk] for pk in live if pk not in known}
    if wanted:
        stored = type(page)._default_manager.get(pk=page.pk)
        documents = {pk: document_of(stored, language) for pk, language in wanted.items()}
        _write_entries(documents)
        changed = {pk: each for pk, each in documents.items() if each.original != known.get(pk)}
        for pk, words in _write_texts(changed).items():
            _count_words(changed[pk], words, known.get(pk))


def is_left_out(page):
    """Whether ``page`` is an alias beside its original; see :func:`scope_of` for several sites."""
    return page.alias_of_id is not None and not sites.are_several()


def sites_have_changed(**kwargs):
    """Aliases are found where there are several sites, and only there."""
    rows = PageLanguage.objects.filter(page__alias_of__isnull=False, live=True)
    if sites.are_several():
        missing = rows.filter(search_entry__isnull=True).values("page_id")
        pages = swapper.load_model("wagtailcore", "Page").objects.filter(pk__in=missing)
        for page in pages.specific():
            own = {row.language: row for row in rows.filter(page_id=page.pk)}
            page_rows_written(page, own, text_changed=False)
    else:
        SearchEntry.objects.filter(row__in=rows.values("pk")).delete()


def text_about_to_be_deleted(instance, **kwargs):
    """A page is withdrawn or deleted: its words are in one text less."""
    language = instance.entry.language
    removed = list(_words_of(language, instance.original))
    transaction.on_commit(partial(vocabulary.revise, language, [], removed), robust=True)


def connect():
    """Follow the engine; called once when the app is ready."""
    rows_written.connect(page_rows_written, dispatch_uid="diptych_search_rows_written")
    sites_changed.connect(sites_have_changed, dispatch_uid="diptych_search_sites_changed")
    pre_delete.connect(
        text_about_to_be_deleted, sender=SearchText, dispatch_uid="diptych_search_text_deleted"
    )


def rebuild():
    """Write all entries anew, yielding the number of pages done; the site is used meanwhile."""
    counts, known = {}, {}
    ids = PageLanguage.objects.filter(live=True).order_by("page_id").values_list("page_id")
    ids = list(dict.fromkeys(pk for (pk,) in ids))
    for start in range(0, len(ids), PART):
        for language, words in _rebuild_part(ids[start : start + PART]):
            counts.setdefault(language, Counter()).update(words.keys())
            known.setdefault(language, {}).update(words)
        yield min(start + PART, len(ids))
    SearchEntry.objects.exclude(row__live=True).delete()
    sites_have_changed()
    for language in {*counts, *_languages_counted()}:
        vocabulary.replace(language, counts.get(language, {}), known.get(language, {}))


def _languages_counted():
    return SearchWord.objects.order_by().values_list("language", flat=True).distinct()


@transaction.atomic
def _rebuild_part(ids):
    """Write the entries of some pages; returns pairs of a language and the words of a text.

    Whoever publishes one of them meanwhile waits, so that no older text takes the place of
    a newer one.
    """
    pages = swapper.load_model("wagtailcore", "Page").objects.filter(pk__in=ids)
    list(pages.order_by("pk").select_for_update().values_list("pk"))
    found = [page for page in pages.specific() if kind_of(type(page)) is not None]
    found = [page for page in found if not is_left_out(page)]
    articles = [page for page in found if isinstance(page, ArticlePage)]
    prefetch_related_objects(articles, "topics", "authors")
    rows = PageLanguage.objects.filter(live=True, page__in=ids).values_list(
        "page_id", "pk", "language"
    )
    pages = {page.pk: page for page in found}
    documents = {
        pk: document_of(pages[page_id], language)
        for page_id, pk, language in rows
        if page_id in pages
    }
    _write_entries(documents)
    return [(documents[pk].language, words) for pk, words in _write_texts(documents).items()]


def _write_entries(documents):
    entries = [
        SearchEntry(row_id=pk, **{name: getattr(document, name) for name in ENTRY_FIELDS})
        for pk, document in documents.items()
    ]
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["row"], update_fields=ENTRY_FIELDS
    )


def _write_texts(documents):
    """Write the texts of entries, by key; returns the words of each."""
    texts, words = [], {}
    for pk, document in documents.items():
        fields, words[pk] = document.analysed()
        texts.append(SearchText(entry_id=pk, original=document.original, **fields))
    SearchText.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["entry"], update_fields=TEXT_FIELDS
    )
    return words


def _count_words(document, words, original_before):
    """Count, once the change is committed, the words that a text has more or less than before."""
    language = document.language
    before = _words_of(language, original_before) if original_before else {}
    added = [word for key, word in words.items() if key not in before]
    removed = [key for key in before if key not in words]
    if added or removed:
        revise = partial(vocabulary.revise, language, added, removed)
        transaction.on_commit(revise, robust=True)


def _words_of(language, original):
    document = Document(language=language, kind="", day=0, facets="", **original)
    return document.analysed()[1]
