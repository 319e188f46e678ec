"""The rule that decides which articles are suggested below another one.

It is the same below one article, in feeds and reports of many, and in the editor.
"""

from dataclasses import dataclass

from django.db.models import BigIntegerField

from diptych.articles.languages.index.aliases import original_id
from diptych.articles.related.models import SCALE

#: The place of an article that no editor has picked, after all others.
NOT_PICKED = BigIntegerField.MAX_BIGINT
#: Candidates beyond the limit, to choose from for the sake of diversity.
SPARE = 6
#: A third article by one author gives way to another that is less similar by at most so much.
NEARLY = SCALE * 0.01


@dataclass(slots=True)
class Candidate:
    """An article as input of the rule; an ``ArticlePage`` with these attributes works as well.

    ``place`` is its place among the picks, ``similarity`` its score.
    """

    pk: int
    alias_of_id: int | None
    first_author: int | None
    url_path: str = ""
    place: int = NOT_PICKED
    similarity: int = 0


def select(candidates, limit, unwanted=(), linked=(), root_path=""):
    """Up to ``limit`` of the ``candidates``, the picks in their order, then the most similar.

    ``candidates`` are public, in any order; ``unwanted`` are the originals of pages that must not
    be suggested: the article itself, and exclusions. Only picks may be in ``linked``, the
    originals of pages that it links to already, or on a site other than below ``root_path``.
    A page and its aliases count as one.
    """
    found, known = [], set(unwanted)
    for each in sorted(candidates, key=lambda each: (each.place, -each.similarity, -each.pk)):
        is_allowed = each.place < NOT_PICKED or (
            original_id(each) not in linked and each.url_path.startswith(root_path)
        )
        if is_allowed and original_id(each) not in known:
            known.add(original_id(each))
            found.append(each)
    return _diverse(found[: limit + SPARE], limit)


def _diverse(left, limit):
    """The first of a list, without three in a row by one author where it can be helped."""
    chosen = []
    while left and len(chosen) < limit:
        best = left[0]
        if best.place == NOT_PICKED and _is_third(best, chosen):
            least = best.similarity - NEARLY
            others = (each for each in left if not _is_third(each, chosen))
            best = next((each for each in others if each.similarity >= least), best)
        chosen.append(best)
        left.remove(best)
    return chosen


def _is_third(article, chosen):
    """Whether the two before it are by its first author too."""
    authors = {each.first_author for each in chosen[-2:]}
    return len(chosen) > 1 and authors == {article.first_author} and None not in authors
