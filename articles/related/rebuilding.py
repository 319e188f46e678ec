"""Rebuilds the vectors and neighbours of all articles, while the site is in use."""

from contextlib import contextmanager, suppress
from functools import partial

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from diptych.articles.caching.versions import invalidate_tags
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage
from diptych.articles.related.content import read_terms
from diptych.articles.related.index import CandidateIndex, WholeIndex, index_of
from diptych.articles.related.indexing import PART, index_terms
from diptych.articles.related.loading import Frequencies, has_thin, is_large, load_articles
from diptych.articles.related.models import Neighbour, PendingUpdate, TermStatistics, TermVector
from diptych.articles.related.neighbours import LONGEST, remove_from_index, write_neighbours
from diptych.articles.related.updating import lock, work_off
from diptych.articles.related.vectors import pack

#: Articles without a list that are compared with the others to know whether they should have one.
MAX_COMPARED = 1_000
#: Pages that wait are updated one by one up to this number.
ONE_BY_ONE = 100


class Overtaken(Exception):
    """Another rebuild has begun since, and goes on instead."""


def rebuild(progress=lambda steps, **about: steps):
    """Write the vectors, candidate terms and neighbours of all live articles but aliases.

    Unchanged rows are not written. Articles that change meanwhile are updated again at the end.
    ``progress`` is wrapped around the steps of each ``stage``, with their ``total``. Returns the
    number of articles by language. Raises :exc:`Overtaken` if another rebuild begins.
    """
    started = timezone.now()
    part_written = partial(_part_written, _begin())
    _read_all(part_written, progress)
    read_at = timezone.now()
    lookup = index_terms(part_written, progress)
    counts = {
        language: _compare_all(language, lookup, read_at, part_written, progress)
        for language in available_languages()
    }
    PendingUpdate.objects.filter(marked_at__lte=started).delete()
    _update_changed_articles(read_at)
    return counts


def catch_up():
    """Update the queued pages: one by one, or all articles if many are queued."""
    waiting = PendingUpdate.objects.order_by("marked_at")
    if waiting.count() <= ONE_BY_ONE:
        work_off(waiting)
        return
    with suppress(Overtaken):
        rebuild()


@transaction.atomic
def _begin():
    """The number of this rebuild."""
    lock()
    TermStatistics.objects.update(rebuilds=F("rebuilds") + 1)
    return {language: each.rebuilds for language, each in lock().items()}


@contextmanager
def _part_written(rebuilds):
    """The transaction of a part, if no other rebuild has begun."""
    with transaction.atomic():
        if {language: each.rebuilds for language, each in lock().items()} != rebuilds:
            raise Overtaken
        yield


def find_without_list():
    """``(page id, language)`` of live articles without a list that a rebuild would write.

    Pages that wait for an update are left out. Of articles that are compared to know it,
    :data:`MAX_COMPARED` in each language are.
    """
    articles = ArticlePage.objects.order_by().filter(alias_of__isnull=True).values("pk")
    waiting = PendingUpdate.objects.values("page_id")
    live = PageLanguage.objects.filter(live=True, page_id__in=articles)
    live = live.exclude(page_id__in=waiting).order_by("pk")
    for language in available_languages():
        rows = live.filter(~Exists(Neighbour.objects.filter(source=OuterRef("pk"))))
        rows = rows.filter(language=language)
        unread = rows.filter(term_vector__isnull=True).values_list("page_id", flat=True)
        yield from ((page, language) for page in unread)
        read = rows.filter(term_vector__isnull=False).values_list("pk", "page_id")
        yield from ((page, language) for page in _comparable(language, read[:MAX_COMPARED]))


def _comparable(language, rows):
    """The pages of ``(row, page id)`` that are similar to any other article."""
    index = index_of(language) if rows else None
    for row, page in rows:
        article = index.article(row)
        if index.targets(article).nearest(article, LONGEST):
            yield page


def _read_all(part_written, progress):
    live = PageLanguage.objects.filter(live=True).values("page_id")
    articles = ArticlePage.objects.order_by("pk").filter(alias_of__isnull=True, pk__in=live)
    ids = list(articles.values_list("pk", flat=True))
    for start in progress(range(0, len(ids), PART), stage="read", total=len(ids)):
        with part_written():
            _read_part(ids[start : start + PART])
    aliases = Q(row__page__alias_of__isnull=False)
    gone = TermVector.objects.filter(aliases | Q(row__live=False))
    gone = list(gone.values_list("row_id", flat=True))
    for start in range(0, len(gone), PART):
        with part_written():
            remove_from_index(gone[start : start + PART])
    for side in ("source", "target"):
        deleted, _by_model = Neighbour.objects.filter(
            **{f"{side}__term_vector__isnull": True}
        ).delete()
        if deleted:
            invalidate_tags("related:*")


def _read_part(ids):
    """Store the changed vectors of some articles."""
    articles = ArticlePage.objects.in_bulk(ids)
    live = PageLanguage.objects.filter(page_id__in=ids, live=True)
    live = live.filter(language__in=available_languages())
    stored = TermVector.objects.filter(row__page_id__in=ids)
    known = {
        row: (bytes(terms), is_thin)
        for row, terms, is_thin in stored.values_list("row_id", "terms", "is_thin")
    }
    new, now = [], timezone.now()
    for row, page, language in live.values_list("pk", "page_id", "language"):
        terms, counts, is_thin = read_terms(articles[page], language)
        packed = pack(terms, counts)
        if known.get(row) != (packed, is_thin):
            new.append(TermVector(row_id=row, terms=packed, is_thin=is_thin, updated_at=now))
    TermVector.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["row"],
        update_fields=["terms", "is_thin", "updated_at"],
    )


def _compare_all(language, lookup, read_at, part_written, progress):
    """Write the neighbours of all articles of a language; returns how many articles there are."""
    index = _index(language, lookup)
    rows = sorted(index.articles)
    for start in progress(range(0, len(rows), PART), stage="compare", total=len(rows)):
        found = {}
        for row in rows[start : start + PART]:
            article = index.articles[row]
            found[row] = index.targets(article).nearest(article, LONGEST)
        with part_written():
            _write_part(found, read_at)
    return len(rows)


def _index(language, lookup):
    if not is_large(language):
        return WholeIndex(language)
    pooled = has_thin(language)
    articles = load_articles(language, Frequencies(), pooled=pooled)
    return CandidateIndex(language, pooled, lookup, articles)


def _write_part(found, read_at):
    """Store neighbours, except of articles that have been updated or unpublished since."""
    rows = {*found, *(row for own in found.values() for row in own)}
    stored = TermVector.objects.filter(row_id__in=rows)
    updated = dict(stored.values_list("row_id", "updated_at"))
    write_neighbours(
        {
            source: {target: score for target, score in own.items() if target in updated}
            for source, own in found.items()
            if source in updated and updated[source] <= read_at
        }
    )


def _update_changed_articles(read_at):
    changed = TermVector.objects.filter(updated_at__gt=read_at)
    pages = set(changed.values_list("row__page_id", flat=True))
    PendingUpdate.objects.mark(pages)
    work_off(PendingUpdate.objects.filter(page_id__in=pages))
