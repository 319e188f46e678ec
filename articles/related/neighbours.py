"""The stored neighbours of each article in a language, the most similar ones."""

from django.db import transaction
from django.db.models import OuterRef, Subquery

from diptych.articles.caching.versions import invalidate_tags
from diptych.articles.languages.models import PageLanguage
from diptych.articles.related.inserting import insert_rows
from diptych.articles.related.loading import vectors_in
from diptych.articles.related.models import CandidateTerm, Neighbour, PendingUpdate, TermVector

#: PreviousAndNext that are stored for an article, and the fewest it keeps when others go.
LONGEST, SHORTEST = 20, 10
#: With fewer articles in a language, the weight of every term changes with each of them.
WRITTEN_WHOLE = 200


def neighbours_of(rows):
    """``{row: {row of a neighbour: score}}``."""
    found = {row: {} for row in rows}
    stored = Neighbour.objects.filter(source_id__in=list(rows))
    for source, target, score in stored.values_list("source_id", "target_id", "score"):
        found[source][target] = score
    return found


def write_neighbours(lists):
    """Store ``{row: {row of a neighbour: score}}``; unchanged rows are not written."""
    stored = Neighbour.objects.filter(source_id__in=list(lists))
    known, gone, changed = set(), [], set()
    for pk, source, target, score in stored.values_list("pk", "source_id", "target_id", "score"):
        if lists[source].get(target) == score and (source, target) not in known:
            known.add((source, target))
        else:
            gone.append(pk)
            changed.add(source)
    new = [
        (source, target, score)
        for source, own in lists.items()
        for target, score in own.items()
        if (source, target) not in known
    ]
    if gone:
        Neighbour.objects.filter(pk__in=gone).delete()
    insert_rows(Neighbour, ("source", "target", "score"), new)
    invalidate_related(changed | {source for source, *_others in new})


def invalidate_related(rows):
    """Tell that other articles may be suggested below those of ``rows``."""
    if rows:
        pages = PageLanguage.objects.filter(pk__in=rows).values_list("page_id", flat=True)
        invalidate_tags(*(f"related:{pk}" for pk in pages))


def place(row, own, scores, others, far):
    """Store the neighbours of an article, ``{row: score}``, and add it to those of others.

    ``scores`` has its similarity to each of the others, whose vectors are ``others``. If it is
    among the most similar ones of another, it replaces the least similar one. It is no neighbour of
    those in ``far``.
    """
    stored = Neighbour.objects.filter(source_id=OuterRef("row_id")).order_by("-score")
    last = Subquery(stored.values("score")[LONGEST - 1 : LONGEST])
    least = dict(others.order_by().annotate(least=last).values_list("row_id", "least"))
    beside = set(Neighbour.objects.filter(target_id=row).values_list("source_id", flat=True))
    changed = [
        other
        for other, score in scores.items()
        if other in beside or (other not in far and score >= (least.get(other) or 0))
    ]
    lists = neighbours_of(changed)
    for other in changed:
        neighbours = lists[other]
        neighbours.pop(row, None)
        if other not in far:
            neighbours[row] = scores[other]
        if len(neighbours) > LONGEST:
            del neighbours[min(neighbours, key=lambda each: (neighbours[each], each))]
    write_neighbours({**lists, row: own})


@transaction.atomic
def remove_from_index(rows):
    """Remove the vectors, terms and neighbours of articles that are no longer live.

    Pages with fewer than ``SHORTEST`` neighbours left are queued for an update.
    """
    beside = Neighbour.objects.filter(target_id__in=rows).exclude(source_id__in=rows)
    sources = set(beside.values_list("source_id", flat=True))
    invalidate_related(sources)
    Neighbour.objects.filter(target_id__in=rows).delete()
    Neighbour.objects.filter(source_id__in=rows).delete()
    CandidateTerm.objects.filter(row_id__in=rows).delete()
    TermVector.objects.filter(row_id__in=rows).delete()
    short = [row for row, own in neighbours_of(sources).items() if len(own) < SHORTEST]
    pages = PageLanguage.objects.filter(pk__in=short).values_list("page_id", "language")
    PendingUpdate.objects.mark({pk for pk, language in pages if not is_written_whole(language)})


def is_written_whole(language):
    """Whether a language is so small that each change of an article rebuilds all lists."""
    return vectors_in(language)[:WRITTEN_WHOLE].count() < WRITTEN_WHOLE
