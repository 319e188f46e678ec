"""Aligns the paragraphs of two texts that have nothing in common but what they say.

After Gale and Church (1993): paragraphs that translate each other are about equally long, in the
same order. Numbers, names, links and words that look alike in both languages are anchors.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import hypot, inf, log

from diptych.articles.linguistics.folding import fold

#: How many paragraphs of each text stand for each other, and what it costs that they do.
STEPS = {(1, 1): 0.0, (1, 0): 2.0, (0, 1): 2.0, (2, 1): 3.0, (1, 2): 3.0}
#: The variance of the length for a character, and the deviation that long ones have as well.
VARIANCE, DEVIATION = 6.8, 0.15
#: What it costs that paragraphs are of another kind, or have no anchor in common.
OTHER_KIND, NO_ANCHORS = 2.5, 8.0
#: The share of common anchors that says nothing, and the weight of anchors that are enough.
USUAL_SHARE, ENOUGH = 0.15, 5.0
#: An anchor stands in no more paragraphs of each text; so many letters of a word are compared.
MOST_PLACES, LETTERS = 8, 5
#: How far from the straight way from the beginnings to the ends is looked, in paragraphs.
BAND, WIDEST_BAND = 20, 100
#: Paragraphs that cost more are no translations of each other.
PLAUSIBLE = 2.0
#: Texts with a smaller share of their anchors in linked paragraphs are not translations.
LEAST_SHARE = 0.4

_NUMBER = re.compile(r"\d+(?:[.,\s]\d{3})*(?!\d)")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Paragraph:
    """A ``text`` with its ``kind``, such as that of a headline, and the targets of its links."""

    text: str
    kind: object = None
    links: tuple = ()
    has_marks: bool = False

    @cached_property
    def anchors(self):
        """What may stand in its translation as well."""
        numbers = {re.sub(r"\D", "", each) for each in _NUMBER.findall(self.text)}
        words = (
            each for each in _WORD.findall(self.text) if each[0].isupper() or len(each) >= LETTERS
        )
        return numbers | {fold(each)[:LETTERS] for each in words} | set(self.links)


@dataclass(frozen=True)
class Link:
    """Paragraphs that translate each other, as ranges of their numbers."""

    source: range
    target: range
    cost: float

    @property
    def is_plausible(self):
        return bool(self.source and self.target) and self.cost <= PLAUSIBLE


def align(source, target):
    """The plausible :class:`Link` objects of two lists of :class:`Paragraph`, in order."""
    alignment = _Alignment(source, target)
    alignment.measure(alignment.links())
    links = alignment.links()
    if alignment.share(links) < LEAST_SHARE:
        return []
    return [each for each in links if each.is_plausible]


class _Alignment:
    def __init__(self, source, target):
        self.source, self.target = source, target
        self.lengths = [[len(each.text) for each in texts] for texts in (source, target)]
        self.ratio = 1.0
        self.measure([Link(range(len(source)), range(len(target)), 0.0)])
        self._weigh_anchors()

    def measure(self, links):
        """Set how long a translation is, as a share of its source, by those of plausible links."""
        found = [each for each in links if each.is_plausible]
        total = sum(self.lengths[0][number] for each in found for number in each.source)
        other = sum(self.lengths[1][number] for each in found for number in each.target)
        if total and other:
            self.ratio = min(max(other / total, 0.6), 1.6)

    def _weigh_anchors(self):
        """Set the weight that pairs of paragraphs have in common, and that of each of them."""
        self.common, self.weights = Counter(), [Counter(), Counter()]
        places = [defaultdict(list), defaultdict(list)]
        for texts, found in zip((self.source, self.target), places, strict=True):
            for number, each in enumerate(texts):
                for anchor in each.anchors:
                    found[anchor].append(number)
        usual = max(len(self.source), len(self.target)) + 1
        for anchor in places[0].keys() & places[1].keys():
            ones, others = (each[anchor] for each in places)
            most = max(len(ones), len(others))
            if most > MOST_PLACES:
                continue
            weight = log(usual / most) + 0.5
            for one, other in product(ones, others):
                self.common[one, other] += weight
            for weights, numbers in zip(self.weights, (ones, others), strict=True):
                for number in numbers:
                    weights[number] += weight

    def cost(self, ones, others):
        """What it costs that paragraphs of both texts translate each other."""
        length = sum(self.lengths[0][each] for each in ones) * self.ratio
        other = sum(self.lengths[1][each] for each in others)
        mean = (length + other) / 2
        deviation = hypot((VARIANCE * mean) ** 0.5, DEVIATION * mean) or 1.0
        cost = ((length - other) / deviation) ** 2 / 2
        kinds = {self.source[each].kind for each in ones}
        if kinds != {self.target[each].kind for each in others}:
            cost += OTHER_KIND
        return cost + self._cost_of_anchors(ones, others)

    def _cost_of_anchors(self, ones, others):
        weight = sum(self.weights[0][each] for each in ones)
        weight += sum(self.weights[1][each] for each in others)
        if not weight:
            return 0.0
        share = min(2 * self._common(ones, others) / weight, 1.0)
        return NO_ANCHORS * min(weight / ENOUGH, 1.0) * (USUAL_SHARE - share)

    def share(self, links):
        """How much of the anchors of both texts stands in linked paragraphs, from 0 to 1."""
        common = sum(self._common(each.source, each.target) for each in links)
        weight = sum(sum(each.values()) for each in self.weights)
        return 2 * common / weight if weight else 0.0

    def _common(self, ones, others):
        return sum(self.common[one, other] for one in ones for other in others)

    def links(self):
        """All :class:`Link` objects of the cheapest way, those of one text alone among them."""
        best = self._best()
        place, found = (len(self.source), len(self.target)), []
        while place != (0, 0):
            _total, step, cost = best[place]
            before = (place[0] - step[0], place[1] - step[1])
            found.append(Link(range(before[0], place[0]), range(before[1], place[1]), cost))
            place = before
        return found[::-1]

    def _best(self):
        """``{place: (cost of the way there, its last step, the cost of its paragraphs)}``."""
        count, other_count = len(self.source), len(self.target)
        band = min(BAND + abs(count - other_count), WIDEST_BAND)
        best = {(0, 0): (0.0, None, 0.0)}
        for one in range(count + 1):
            middle = round(one * other_count / count) if count else 0
            first, last = max(0, middle - band), min(other_count, middle + band)
            for other in range(first if count else 0, (last if count else other_count) + 1):
                ways = list(self._ways(best, one, other))
                if ways:
                    best[one, other] = min(ways, key=lambda each: each[0])
        return best

    def _ways(self, best, one, other):
        for step, prior in STEPS.items():
            before = (one - step[0], other - step[1])
            total = best.get(before, (inf,))[0]
            if total < inf:
                cost = 0.0
                if all(step):
                    cost = self.cost(range(before[0], one), range(before[1], other))
                yield total + prior + cost, step, cost
