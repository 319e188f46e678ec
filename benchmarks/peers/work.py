"""How much work pages are, beside ``wagtail start``: calls of functions, which no machine changes.

Where the machine is busy, times differ by a half from run to run, calls by less than a hundredth.
``make bench-peers ARGS="--check"`` compares them with ``work.json``, ``--keep`` writes that file.
"""

import json
from pathlib import Path

from benchmarks.peers.tables import peer_of, row

KEPT = Path(__file__).with_name("work.json")
#: How much more than what is kept a page may do.
MORE = 1.1


def multiples(journal, start):
    """``{"kind, state": calls}`` of the journal as multiples of those of ``start``."""
    return {
        f"{kind}, {state}": round(cost["calls"] / peer_of(start, kind, state)["calls"], 3)
        for kind, states in journal.items()
        for state, cost in states.items()
    }


def kept():
    return json.loads(KEPT.read_text())


def keep(found):
    KEPT.write_text(json.dumps(found, indent=2) + "\n")


def print_comparison(found, before):
    """One line for each page and state; 1 if any does more than a tenth more, else 0.

    A page that is kept and was not found counts as more, and so does one that is not kept.
    """
    failed = 0
    for title in dict.fromkeys((*found, *before)):
        now, limit = found.get(title), before.get(title)
        is_met = None not in (now, limit) and now <= limit * MORE
        failed |= not is_met
        print(row(title, now, limit, "" if is_met else "MORE"))
    return int(failed)
