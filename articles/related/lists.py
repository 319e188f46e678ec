"""The list of what belongs beside an article, and its place in the lists of others."""

from dataclasses import dataclass

from articles.languages.models import PageLanguage
from articles.related.candidates import candidates
from articles.related.models import RelatedPage
from articles.related.nearness import cosines, scores

#: So many are kept for each article and language.
LONGEST = 20
#: A list that has become shorter than this is made anew.
SHORTEST = 10


@dataclass
class Lists:
    """Where an article belongs: each with the row of another and a score, best first.

    ``own`` is the article's list; ``back`` says how near it is to each of the others.
    """

    own: list
    back: list


def compare(language, row_id, source, facts, index, newest_day):
    """The :class:`Lists` of the article in the row ``row_id``.

    ``source`` is its texts by language. The same is done for one article that changes and for
    each one when all lists are written anew, with another ``index``.
    """
    rows = candidates(language, row_id, source, index)
    known = index.articles(language, rows, list(source))
    rows = [row for row in rows if row in known]
    targets = [known[row] for row in rows]
    nearness = cosines(language, source, [texts for texts, _facts in targets])
    there, back = scores(nearness, facts, [each for _texts, each in targets], newest_day)
    own = sorted(zip(there.tolist(), rows, strict=True), reverse=True)[:LONGEST]
    return Lists(own, list(zip(back.tolist(), rows, strict=True)))


def write_lists(row_id, lists):
    """Write the list of an article, and put it into those of others where it is near enough.

    It must stand in no list yet, and have none.
    """
    new = [RelatedPage(source_id=row_id, target_id=row, score=score) for score, row in lists.own]
    known, surplus = _known_lists([row for _score, row in lists.back]), []
    for score, row in lists.back:
        others = known.get(row, ())
        if len(others) >= LONGEST:
            least, target, pk = min(others)
            if (score, row_id) < (least, target):
                continue
            surplus.append(pk)
        new.append(RelatedPage(source_id=row, target_id=row_id, score=score))
    RelatedPage.objects.filter(pk__in=surplus).delete()
    RelatedPage.objects.bulk_create(new)


def _known_lists(row_ids):
    known = {}
    rows = RelatedPage.objects.filter(source_id__in=row_ids)
    for source, score, target, pk in rows.values_list("source_id", "score", "target_id", "pk"):
        known.setdefault(source, []).append((score, target, pk))
    return known


def take_out(row_ids):
    """Remove the lists of articles, and them from the lists of others.

    Returns the rows of the articles that stood beside them so far.
    """
    beside = RelatedPage.objects.filter(target_id__in=row_ids)
    sources = set(beside.values_list("source_id", flat=True)) - set(row_ids)
    beside.delete()
    RelatedPage.objects.filter(source_id__in=row_ids).delete()
    return sources


def pages_with_short_lists(row_ids, articles):
    """The pages of those rows whose lists have become too short; ``articles`` there are in all."""
    lengths = _known_lists(row_ids)
    least = min(SHORTEST, articles - 1)
    short = [row for row in row_ids if len(lengths.get(row, ())) < least]
    return set(PageLanguage.objects.filter(pk__in=short).values_list("page_id", flat=True))
