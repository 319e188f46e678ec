"""Updates the related articles after an article has changed."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage
from diptych.articles.related.content import FactsReader, read_terms
from diptych.articles.related.index import WholeIndex, index_of
from diptych.articles.related.indexing import index_terms, write_candidate_terms
from diptych.articles.related.loading import COMPARED_WHOLE, is_large, vectors_in
from diptych.articles.related.models import Neighbour, PendingUpdate, TermStatistics, TermVector
from diptych.articles.related.neighbours import (
    LONGEST,
    is_written_whole,
    place,
    remove_from_index,
    write_neighbours,
)
from diptych.articles.related.vectors import pack

logger = logging.getLogger(__name__)

#: The most others with an article among their neighbours that are compared with it again.
MAX_BESIDE = 200
#: The pause before the second attempt, which doubles each time, so many times at most.
PAUSE, LONGEST_PAUSE, MAX_DOUBLED = timedelta(minutes=1), timedelta(days=1), 12


def lock():
    """Let only one transaction write at a time; returns the statistics of each language.

    On SQLite there is but one writer anyway.
    """
    languages = available_languages()
    known = TermStatistics.objects.order_by("language").filter(language__in=languages)
    found = {each.language: each for each in known.defer("frequencies").select_for_update()}
    for language in languages:
        if language not in found:
            found[language], _ = TermStatistics.objects.get_or_create(language=language)
    return found


@transaction.atomic
def update(page_id):
    """Read the article ``page_id`` again, and write its neighbours and its place among others'.

    If it is no longer live, it is removed. An alias is not compared: it has the neighbours of its
    original.
    """
    lock()
    article = ArticlePage.objects.filter(pk=page_id, alias_of__isnull=True).first()
    rows = PageLanguage.objects.filter(page_id=page_id, language__in=available_languages())
    live = {row.language: row.pk for row in rows if row.live and article}
    if gone := [row.pk for row in rows if row.pk not in live.values()]:
        remove_from_index(gone)
    for language, row in live.items():
        write_vector(row, *read_terms(article, language))
    # As far as it matters, since counting a hundred thousand takes longer than all else here.
    sizes = {
        language: vectors_in(language)[:COMPARED_WHOLE].count()
        for language in available_languages()
    }
    _index_candidates(live, sizes)
    facts = FactsReader()
    for language in sizes:
        if is_written_whole(language):
            _write_whole(language)
        elif language in live:
            _write_one(language, live[language], facts)


def _index_candidates(live, sizes):
    """Store by which terms the article is found, in journals of a large language.

    Once a language has become large, the terms of all articles are stored.
    """
    grown = [code for code, size in sizes.items() if size >= COMPARED_WHOLE and not is_large(code)]
    if grown:
        index_terms()
    elif any(map(is_large, sizes)):
        write_candidate_terms(live)


def write_vector(row, terms, counts, is_thin):
    """Store the terms of the article in a row."""
    values = {"terms": pack(terms, counts), "is_thin": is_thin, "updated_at": timezone.now()}
    TermVector.objects.update_or_create(row_id=row, defaults=values)


def _write_whole(language):
    """Compare all articles of a small language with one another."""
    targets = WholeIndex(language).targets()
    write_neighbours({each.row: targets.nearest(each, LONGEST) for each in targets.articles})


def _write_one(language, row, facts):
    index = index_of(language, facts=facts)
    source = index.article(row)
    beside = Neighbour.objects.filter(target_id=row).order_by("-source_id")
    beside = beside.values_list("source_id", flat=True)[:MAX_BESIDE]
    targets = index.targets(source, beside)
    own, back = targets.scores(source)
    scores = dict(zip(targets.rows.tolist(), back.tolist(), strict=True))
    scores.pop(row, None)
    far = {
        each.row
        for each in targets.articles
        if each.row != row and not targets.is_near(source, each, scores[each.row])
    }
    others = vectors_in(language)
    if not isinstance(index, WholeIndex):
        others = others.filter(row_id__in=list(scores))
    place(row, targets.nearest(source, LONGEST, own), scores, others, far)


def work_off(pending):
    """Update each page of a queue; returns how many were done, and how many failed."""
    done = failed = 0
    for each in list(pending):
        try:
            _work_off_one(each)
            done += 1
        except Exception as error:
            logger.exception("The related articles of page %s could not be updated.", each.page_id)
            _put_off(each, error)
            failed += 1
    return done, failed


@transaction.atomic
def _work_off_one(pending):
    """A page that changes meanwhile is marked again, and stays in the queue."""
    update(pending.page_id)
    done = PendingUpdate.objects.filter(page_id=pending.page_id, marked_at__lte=pending.marked_at)
    done.delete()


def _put_off(pending, error):
    pause = min(PAUSE * 2 ** min(pending.attempts, MAX_DOUBLED), LONGEST_PAUSE)
    PendingUpdate.objects.filter(page_id=pending.page_id).update(
        attempts=pending.attempts + 1,
        retry_at=timezone.now() + pause,
        error=f"{type(error).__name__}: {error}",
    )
