"""Updates the related articles after an article has changed."""

import logging

from django.db import transaction
from django.utils import timezone

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage
from diptych.articles.related.content import FactsReader, read_terms
from diptych.articles.related.index import WholeIndex, index_of
from diptych.articles.related.indexing import index_terms, write_candidate_terms
from diptych.articles.related.loading import COMPARED_WHOLE, is_large, vectors_in
from diptych.articles.related.locking import Overtaken, Turn, lock
from diptych.articles.related.models import Neighbour, TermVector
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
#: The most articles in a language whose terms are counted by whoever publishes one of them.
MANY_AT_ONCE = 2 * COMPARED_WHOLE


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
    if any(map(is_large, available_languages())):
        write_candidate_terms(live)
    facts = FactsReader()
    for language in available_languages():
        if is_written_whole(language):
            _write_whole(language)
        elif language in live:
            _write_one(language, live[language], facts)


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


def index_grown(most=None):
    """Store the terms of all articles where a language has become large; in short transactions.

    Returns whether nothing is left to do: not if there are more than ``most`` articles in it.
    """
    grown = [code for code in available_languages() if _has_grown(code)]
    if any(most and vectors_in(code)[: most + 1].count() > most for code in grown):
        return False
    try:
        if grown:
            index_terms(Turn.current().part)
    except Overtaken:
        return False
    return True


def _has_grown(language):
    """Whether a language is large whose terms have not been counted.

    Of its articles as many are counted as matter: all of them take longer than updating one.
    """
    number = vectors_in(language)[:COMPARED_WHOLE].count()
    return number >= COMPARED_WHOLE and not is_large(language)


def work_off(pending, can_index=False):
    """Update each page of a queue; returns how many were done, and how many failed.

    ``can_index`` is for a process that has minutes: if the terms of very many articles have to be
    counted first, as after a first rebuild that was broken off, pages wait for such a process.
    """
    done = failed = 0
    for each in list(pending):
        if not index_grown(None if can_index else MANY_AT_ONCE):
            logger.warning("Articles wait for suggestions until rebuild_related has counted terms.")
            break
        try:
            _work_off_one(each)
            done += 1
        except Exception as error:
            logger.exception("The related articles of page %s could not be updated.", each.page_id)
            each.put_off(error)
            failed += 1
    return done, failed


@transaction.atomic
def _work_off_one(pending):
    """A page that changes meanwhile is marked again, and stays in the queue."""
    update(pending.page_id)
    pending.end()
