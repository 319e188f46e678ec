"""How good rankings are: what authors linked to should come first."""

import math
from collections import Counter, defaultdict
from zlib import crc32

#: An article that more than so many others link to, and more than a hundredth, is a hub.
HUB = 8
SHOWN = 3


def links_of(entries):
    """For each key the keys that belong to it, by links in either direction.

    ``entries`` are of one language. Hubs are left out, as they belong to everything.
    """
    keys = {entry["key"] for entry in entries}
    linked = {entry["key"]: set(entry["related"]) & keys - {entry["key"]} for entry in entries}
    counts = Counter(key for each in linked.values() for key in each)
    hubs = {key for key, count in counts.items() if count > HUB and count > len(keys) / 100}
    found = defaultdict(set)
    for key, others in linked.items():
        for other in others:
            if not {key, other} & hubs:
                found[key].add(other)
                found[other].add(key)
    return dict(found)


def half_of(key):
    """Which half of a corpus an article is in: what is tuned on, or what that is tested on."""
    return "test" if crc32(key.encode()) % 2 else "tuning"


def measure(ranks, links):
    """nDCG and precision of the first three, and the mean reciprocal rank, over ``links``."""
    totals = Counter()
    for key, wanted in links.items():
        hits = [other in wanted for other in ranks.get(key, ())]
        best = sum(_gain(place) for place in range(min(SHOWN, len(wanted))))
        gained = sum(_gain(place) for place, hit in enumerate(hits[:SHOWN]) if hit)
        totals["nDCG@3"] += gained / best
        totals["P@3"] += sum(hits[:SHOWN]) / SHOWN
        totals["MRR"] += 1 / (hits.index(True) + 1) if True in hits else 0
    return {name: totals[name] / max(len(links), 1) for name in ("nDCG@3", "P@3", "MRR")}


def _gain(place):
    return 1 / math.log2(place + 2)
