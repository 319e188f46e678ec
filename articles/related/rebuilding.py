"""Rebuilds the vectors and neighbours of all articles, while the site is in use."""

from contextlib import suppress

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from diptych.articles.caching.versions import invalidate_tags
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage
from diptych.articles.related.content import read_terms
from diptych.articles.related.index import CandidateIndex, WholeIndex, index_of
from diptych.articles.related.indexing import PART, index_terms
from diptych.articles.related.loading import Frequencies, has_thin, is_large, load_articles
from diptych.articles.related.locking import Overtaken, Turn
from diptych.articles.related.models import Neighbour, PendingUpdate, TermStatistics, TermVector
from diptych.articles.related.neighbours import LONGEST, remove_from_index, write_neighbours
from diptych.articles.related.updating import work_off
from diptych.articles.related.vectors import pack

#: Articles without a list that are compared with the others to know whether they should have one.
MAX_COMPARED = 1_000
#: Pages that wait are updated one by one up to this number.
ONE_BY_ONE = 100


def rebuild(progress=lambda steps, **about: steps, from_start=False):
    """Write the vectors, candidate terms and neighbours of all live articles but aliases.

    Unchanged rows are not written. Articles that change meanwhile are updated again at the end. A
    rebuild that was broken off is gone on with, unless ``from_start``. ``progress`` is wrapped
    around the steps of each ``stage``, with their ``total``. Returns the number of articles by
    language. Raises :exc:`Overtaken` if another rebuild begins.
    """
    turn = Turn.begin(from_start)
    _read_all(turn, progress)
    read_at = timezone.now()
    lookup = index_terms(turn.part, progress)
    counts = {
        language: _compare_all(language, lookup, read_at, turn, progress)
        for language in available_languages()
    }
    PendingUpdate.objects.filter(marked_at__lte=turn.started).delete()
    _update_changed_articles(read_at)
    turn.end()
    return counts


def catch_up():
    """Update the queued pages: one by one, or all articles if many are queued."""
    waiting = PendingUpdate.objects.order_by("marked_at")
    if waiting.count() <= ONE_BY_ONE:
        work_off(waiting, can_index=True)
        return
    with suppress(Overtaken):
        rebuild(from_start=True)


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


def _read_all(turn, progress):
    live = PageLanguage.objects.filter(live=True).values("page_id")
    articles = ArticlePage.objects.order_by("pk").filter(alias_of__isnull=True, pk__in=live)
    articles = articles.filter(pk__gt=turn.read_to)
    ids = list(articles.values_list("pk", flat=True))
    for start in progress(range(0, len(ids), PART), stage="read", total=len(ids)):
        _read_part(ids[start : start + PART], turn)
    aliases = Q(row__page__alias_of__isnull=False)
    gone = TermVector.objects.filter(aliases | Q(row__live=False))
    _in_parts(gone.values_list("row_id", flat=True), remove_from_index, turn)
    for side in ("source", "target"):
        orphans = Neighbour.objects.filter(**{f"{side}__term_vector__isnull": True})
        _in_parts(orphans.values_list("pk", flat=True), _delete_neighbours, turn)


def _in_parts(keys, delete, turn):
    """Call ``delete`` for parts of ``keys``, which are read before anything is locked."""
    keys = list(keys)
    for start in range(0, len(keys), PART):
        with turn.part():
            delete(keys[start : start + PART])


def _delete_neighbours(keys):
    Neighbour.objects.filter(pk__in=keys).delete()
    invalidate_tags("related:*")


def _read_part(ids, turn):
    """Store the changed vectors of some articles.

    Texts are read before the transaction, as that takes longer than others should wait; what was
    updated meanwhile is newer and stays.
    """
    articles = ArticlePage.objects.in_bulk(ids)
    known = _stored_vectors(row__page_id__in=ids)
    found = {}
    for row, page, language in _live_rows(page_id__in=ids):
        if page in articles:
            terms, counts, is_thin = read_terms(articles[page], language)
            packed = pack(terms, counts)
            if known.get(row, ())[:2] != (packed, is_thin):
                found[row] = packed, is_thin
    with turn.part():
        now, stored = timezone.now(), _stored_vectors(row_id__in=list(found))
        live = [row for row, *_others in _live_rows(pk__in=list(found))]
        TermVector.objects.bulk_create(
            (
                TermVector(row_id=row, terms=found[row][0], is_thin=found[row][1], updated_at=now)
                for row in live
                if stored.get(row) == known.get(row)
            ),
            update_conflicts=True,
            unique_fields=["row"],
            update_fields=["terms", "is_thin", "updated_at"],
        )
        TermStatistics.objects.update(read_to=ids[-1])


def _live_rows(**condition):
    """``(row, page id, language)`` of the live rows that meet a ``condition``."""
    live = PageLanguage.objects.filter(live=True, language__in=available_languages(), **condition)
    return list(live.order_by().values_list("pk", "page_id", "language"))


def _stored_vectors(**condition):
    """The bytes, the thinness and the date of stored vectors, by row."""
    names = ("row_id", "terms", "is_thin", "updated_at")
    stored = TermVector.objects.filter(**condition).values_list(*names)
    return {row: (bytes(terms), is_thin, moment) for row, terms, is_thin, moment in stored}


def _compare_all(language, lookup, read_at, turn, progress):
    """Write the neighbours of all articles of a language; returns how many articles there are."""
    index = _index(language, lookup)
    rows = [row for row in sorted(index.articles) if row > turn.compared_to[language]]
    statistics = TermStatistics.objects.filter(language=language)
    for start in progress(range(0, len(rows), PART), stage="compare", total=len(rows)):
        found = {}
        for row in rows[start : start + PART]:
            article = index.articles[row]
            found[row] = index.targets(article).nearest(article, LONGEST)
        with turn.part():
            _write_part(found, read_at)
            statistics.update(compared_to=max(found))
    return len(index.articles)


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
