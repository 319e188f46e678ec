"""How near two articles are: what their texts share, and a little of what else they do."""

from dataclasses import dataclass

import numpy as np

from articles.related.texts import products

#: What is added where everything is shared: a topic, a person or a series, the newest day.
TOPICS, COMPANY, FRESHNESS = 0.05, 0.03, 0.02
#: Where one of two texts is thin, what their pages say in another language counts so many times.
WHOLE = 10
#: In so many days the freshness of an article halves.
HALF_LIFE = 3652
#: Scores are stored as whole numbers.
SCALE = 10_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article beside its text."""

    topics: frozenset = frozenset()
    authors: frozenset = frozenset()
    series: int | None = None
    day: int = 0

    def is_in_company_of(self, other):
        return not self.authors.isdisjoint(other.authors) or (
            self.series is not None and self.series == other.series
        )

    def shared_topics(self, other):
        """What part of the topics of the two is shared."""
        if not self.topics or self.topics.isdisjoint(other.topics):
            return 0
        return len(self.topics & other.topics) / max(len(self.topics), len(other.topics))


def freshness(days, newest_day):
    """From 1 on the newest day to 0 ages ago."""
    return 0.5 ** (np.maximum(newest_day - np.asarray(days), 0) / HALF_LIFE)


def cosines(language, source, targets):
    """How near ``source`` is to each of ``targets`` by their texts, from 0 to 1.

    Each article is its texts by language. Where one of two has hardly any text in ``language``,
    they are compared in every language that both are live in, as if the texts were one: mostly
    the others, which say what headline and lead can only hint at.
    """
    text = source[language]
    others = [target[language] for target in targets]
    dots = products(text, others)
    own = np.full(len(targets), text.length**2)
    theirs = np.array([other.length**2 for other in others])
    for code, same in source.items():
        if code == language:
            continue
        pooled = [
            place
            for place, target in enumerate(targets)
            if code in target and (text.is_thin or others[place].is_thin)
        ]
        if pooled:
            added = [targets[place][code] for place in pooled]
            dots[pooled] += WHOLE * products(same, added)
            own[pooled] += WHOLE * same.length**2
            theirs[pooled] += [WHOLE * other.length**2 for other in added]
    lengths = np.sqrt(own * theirs)
    return np.divide(dots, lengths, out=np.zeros(len(targets)), where=lengths > 0)


def scores(nearness, source, targets, newest_day):
    """The score of each target for the source, and of the source for each target.

    ``nearness`` is that of their texts; the others are :class:`Facts`.
    """
    alike = np.array(
        [
            TOPICS * source.shared_topics(target) + COMPANY * source.is_in_company_of(target)
            for target in targets
        ]
    )
    days = [target.day for target in targets]
    there = nearness + alike + FRESHNESS * freshness(days, newest_day)
    back = nearness + alike + FRESHNESS * freshness(source.day, newest_day)
    return _whole(there), _whole(back)


def _whole(values):
    return np.round(values * SCALE).astype(np.int64)
