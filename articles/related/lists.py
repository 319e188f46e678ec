"""The list of what belongs beside an article, and its place in the lists of others."""

from dataclasses import dataclass

from articles.languages.models.page_language import PageLanguage
from articles.related.candidates import candidates
from articles.related.models import RelatedPage
from articles.related.nearness import cosines, scores

#: So many are kept for each article and language.
LONGEST = 20
#: A list that has become shorter than this is made anew.
SHORTEST = 10
#: When an article changes, it is compared with at most so many of those it stands beside.
MOST_OTHERS = 200


@dataclass
class Lists:
    """Where an article belongs: each with the row of another and a score, best first.

    ``own`` is the article's list; ``back`` says how near it is to each of the others.
    """

    own: list
    back: list


def compare(language, row_id, source, facts, index, newest_day):
    """The :class:`Lists` of the article in the row ``row_id`` among those ``index`` leads to.

    ``source`` is its texts by language. The same is done for one article that changes and for
    each one when all lists are written anew, with another ``index``.
    """
    rows = candidates(language, row_id, source, index)
    known = index.articles(language, rows, list(source))
    return compare_with(known, language, row_id, source, facts, newest_day)


def compare_with(known, language, row_id, source, facts, newest_day):
    """The same among the ``known`` articles: by row, the texts and facts of each."""
    rows = [row for row in known if row != row_id]
    nearness = cosines(language, source, [known[row][0] for row in rows])
    there, back = scores(nearness, facts, [known[row][1] for row in rows], newest_day)
    own = sorted(zip(there.tolist(), rows, strict=True), reverse=True)[:LONGEST]
    return Lists(own, list(zip(back.tolist(), rows, strict=True)))


class StoredLists:
    """The lists of some articles: read from the table, changed in mind and written at once.

    Others that an article has not been compared with keep what their lists say of it.
    """

    def __init__(self):
        self._stored, self._lists = {}, {}

    def put(self, row_id, lists):
        """Give an article its list, and a place in those of others where it is near enough."""
        self._load({row_id, *(row for _score, row in lists.back)})
        self._lists[row_id] = {row: score for score, row in lists.own}
        for score, row in lists.back:
            others = self._lists[row]
            if row_id not in others and len(others) >= LONGEST:
                least, target = min((stored, target) for target, stored in others.items())
                if (score, row_id) < (least, target):
                    continue
                del others[target]
            others[row_id] = score

    def _load(self, row_ids):
        missing = row_ids - self._stored.keys()
        known = _known_lists(missing)
        for row in missing:
            self._stored[row] = known.get(row, {})
            self._lists[row] = {t: score for t, (score, _pk) in self._stored[row].items()}

    def write(self):
        """Write what is new, and remove what is no longer so."""
        new, gone = [], []
        for row, wanted in self._lists.items():
            stored = self._stored[row]
            right = {t for t, (score, _pk) in stored.items() if wanted.get(t) == score}
            gone += [pk for target, (_score, pk) in stored.items() if target not in right]
            new += [(row, target, wanted[target]) for target in wanted if target not in right]
        RelatedPage.objects.filter(pk__in=gone).delete()
        RelatedPage.objects.bulk_create(
            RelatedPage(source_id=source, target_id=target, score=score)
            for source, target, score in new
        )


def _known_lists(row_ids):
    """The lists of rows: by row, the score of each target and the key of the entry."""
    known = {}
    rows = RelatedPage.objects.filter(source_id__in=row_ids)
    for source, score, target, pk in rows.values_list("source_id", "score", "target_id", "pk"):
        known.setdefault(source, {})[target] = (score, pk)
    return known


def standing_beside(row_ids):
    """The rows in the lists of ``row_ids``, and of those whose lists they stand in the newest."""
    own = RelatedPage.objects.filter(source_id__in=row_ids).values_list("target_id", flat=True)
    others = RelatedPage.objects.filter(target_id__in=row_ids).order_by("-source_id")
    return {*own, *others.values_list("source_id", flat=True)[:MOST_OTHERS]}


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
