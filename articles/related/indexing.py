"""Counts the terms of languages of many articles, and stores by which each article is found."""

from contextlib import nullcontext

from django.utils import timezone

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.related.candidates import LoadedTerms
from diptych.articles.related.content import facts_of
from diptych.articles.related.frequencies import FrequencyCounter
from diptych.articles.related.inserting import insert_rows
from diptych.articles.related.loading import (
    COMPARED_WHOLE,
    Frequencies,
    load_vectors,
    stored_terms,
    vectors_in,
)
from diptych.articles.related.models import CandidateTerm, TermStatistics
from diptych.articles.related.vectors import FOUND_BY

#: Articles that are read, and written in one transaction.
PART = 200


def index_terms(transaction=nullcontext, progress=lambda steps, **about: steps):
    """Count all terms and store the candidate terms of all articles; returns a lookup of them.

    Nothing is stored for a journal without a large language. ``transaction`` is entered for each
    part that is written.
    """
    rows = {
        code: sorted(vectors_in(code).values_list("row_id", flat=True))
        for code in available_languages()
    }
    is_any_large = any(len(found) >= COMPARED_WHOLE for found in rows.values())
    for language in rows:
        _store_statistics(language, is_any_large, transaction)
    if not is_any_large:
        with transaction():
            CandidateTerm.objects.all().delete()
        return None
    lookup, frequencies = LoadedTerms(rows), Frequencies()
    total = sum(map(len, rows.values()))
    parts = [
        (language, found[start : start + PART])
        for language, found in rows.items()
        for start in range(0, len(found), PART)
    ]
    for language, part in progress(parts, stage="index", total=total):
        with transaction():
            _index_part(language, part, frequencies, lookup)
    return lookup


def _store_statistics(language, is_any_large, transaction):
    """Count before the transaction, which would keep all others from writing for as long."""
    counter = FrequencyCounter()
    for _row, _page, terms, _counts, _is_thin in stored_terms(vectors_in(language)):
        counter.add(terms)
    frequencies = counter.frequencies()
    is_stored = is_any_large and frequencies.articles >= COMPARED_WHOLE
    values = {
        "articles": frequencies.articles,
        "frequencies": frequencies.packed() if is_stored else None,
        "newest_day": _newest_day(language) if is_stored else 0,
        "counted_at": timezone.now(),
    }
    with transaction():
        TermStatistics.objects.filter(language=language).update(**values)


def _newest_day(language):
    """The day of the article that was first published last."""
    pages = list(vectors_in(language).values_list("row__page_id", flat=True))
    parts = (pages[start : start + PART] for start in range(0, len(pages), PART))
    return max((f.day for part in parts for f in facts_of(part, language).values()), default=0)


def _index_part(language, rows, frequencies, lookup):
    found = list(load_vectors(language, frequencies, row_id__in=rows))
    terms = {row: _found_by(vector, frequencies[language]) for row, _page, vector in found}
    _write(language, terms)
    for row, page, vector in found:
        lookup.add(language, row, page, terms[row], vector.is_thin)


def _found_by(vector, frequencies):
    return vector.terms[vector.leading(frequencies, FOUND_BY)]


def write_candidate_terms(rows):
    """Store by which terms an article is found: its ``rows`` by language."""
    frequencies = Frequencies()
    for language, row in rows.items():
        ((_row, _page, vector),) = load_vectors(language, frequencies, row_id=row)
        _write(language, {row: _found_by(vector, frequencies[language])})


def _write(language, terms):
    """Store the candidate terms of some articles, ``{row: terms}``."""
    stored = CandidateTerm.objects.filter(row_id__in=list(terms))
    known = {(row, term): pk for pk, row, term in stored.values_list("pk", "row_id", "term")}
    wanted = {(row, term) for row, own in terms.items() for term in own.tolist()}
    gone = [pk for pair, pk in known.items() if pair not in wanted]
    if gone:
        CandidateTerm.objects.filter(pk__in=gone).delete()
    new = sorted(wanted - known.keys())
    insert_rows(
        CandidateTerm, ("language", "term", "row"), ((language, term, row) for row, term in new)
    )
