"""What was measured as tables, beside what is aimed at."""

from dataclasses import dataclass

#: Milliseconds of the processor, at most, on the machine that the aims were set on.
LIMITS = {"feed": 40, "404": 8, "search, common": 25, "search, rare": 25, "suggestions": 5}
#: At most, of the same page of the blog in the same run.
RATIOS = {"article": 0.66, "list": 0.4}
#: Milliseconds of an answer from the cache, at most, by server.
HITS = {"gunicorn": 0.5, "granian": 0.3}
GROWTH = 1.3

WIDTH, NUMBER = 22, 9


@dataclass(frozen=True)
class Goal:
    name: str
    unit: str
    limit: float
    found: float

    @property
    def is_met(self):
        return self.found <= self.limit

    def as_dict(self):
        return {"goal": self.name, "limit": self.limit, "found": self.found, "met": self.is_met}


def ratio(part, whole):
    """``part`` of ``whole`` with two decimals; ``None`` where either was not measured."""
    return round(part / whole, 2) if part is not None and whole else None


def least(costs, kind):
    return costs[kind]["least"] if kind in costs else None


def goals_beside(costs, hits):
    """The goals of a comparison, from the costs of the journal and the blog and of hits."""
    ours, theirs = costs["journal"], costs["blog"]
    goals = [
        Goal(f"{kind} ÷ blog's {kind}", "", limit, ratio(least(ours, kind), least(theirs, kind)))
        for kind, limit in RATIOS.items()
    ]
    goals += [Goal(kind, "ms", limit, least(ours, kind)) for kind, limit in LIMITS.items()]
    goals += [
        Goal(f"hit, {server}", "ms", limit, hits[server]["least"])
        for server, limit in HITS.items()
        if server in hits
    ]
    return goals


def goals_of_growth(sizes):
    """One goal for each kind of page: the largest journal's cost as a multiple of the smallest's.

    ``sizes`` holds the costs of each size.
    """
    smallest, *_between, largest = (sizes[size] for size in sorted(sizes))
    return [
        Goal(f"growth, {kind}", "×", GROWTH, ratio(least(largest, kind), least(smallest, kind)))
        for kind in smallest
    ]


def print_comparison(costs):
    """One line for each kind of page: each site's milliseconds, queries and bytes, and ratios."""
    names = list(costs)
    print(
        row("", *(text for name in names for text in (name, "median", "queries", "bytes"))), end=""
    )
    print(*(f"{text:>{NUMBER}}" for text in ("÷ blog", "÷ article", "÷ list")))
    for kind in dict.fromkeys(kind for kinds in costs.values() for kind in kinds):
        cells = []
        for name in names:
            cost = costs[name].get(kind, {})
            cells += [cost.get(unit) for unit in ("least", "median", "queries", "bytes")]
        ours, theirs = least(costs["journal"], kind), costs["blog"]
        cells += [ratio(ours, least(theirs, other)) for other in (kind, "article", "list")]
        print(row(kind, *cells))


def print_states(journal, start):
    """Each kind of page of the journal in each state, as a multiple of ``wagtail start``.

    Where that has no such page, of its front page; cold of cold, all others of warm.
    """
    for kind, states in journal.items():
        for state, cost in states.items():
            beside = peer_of(start, kind, state)
            part = ratio(cost["least"], beside["least"])
            print(row(f"{kind}, {state}", cost["least"], cost["queries"], beside["least"], part))


def peer_of(start, kind, state):
    """The cost at ``wagtail start`` that a kind of page in a state is compared with."""
    return start.get(kind, start["home"])["cold" if state == "cold" else "warm"]


def print_hits(hits):
    for server, cost in hits.items():
        print(row(f"hit, {server}", cost["least"], cost["median"]))


def print_growth(sizes):
    """One line for each kind of page: its cost at each size, and how much it grew."""
    order = sorted(sizes)
    titles = (f"{size:,}" for size in order)
    print(row("", *titles, *(f"× {size:,}" for size in order[1:])))
    for kind in sizes[order[0]]:
        found = [least(sizes[size], kind) for size in order]
        print(row(kind, *found, *(ratio(each, found[0]) for each in found[1:])))


def print_goals(goals):
    print()
    for goal in goals:
        said = "met" if goal.is_met else "NOT MET"
        print(f"{goal.name:<34}{goal.found:>9} {goal.unit:<3} ≤ {goal.limit:<6} {said}")


def row(title, *cells):
    texts = ("–" if cell is None else str(cell) for cell in cells)
    return f"{title:<{WIDTH}}" + "".join(f"{text:>{NUMBER}}" for text in texts)
