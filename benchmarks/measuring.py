"""Count the queries of a piece of work, then time it, each in passes of their own."""

import statistics
import sys
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
OURS = (f"{ROOT}/site/diptych/",)
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
#: Statements that only mark a transaction: they neither read nor write a row.
MARKS = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")
#: A statement that occurs less often than this is no sign of a loop.
LOOP = 4


class QueryCounter:
    """Counts statements by their text, which leaves out their parameters."""

    def __init__(self):
        self.statements = Counter()
        self.places = {}

    def __call__(self, execute, sql, params, many, context):
        if not sql.startswith(MARKS):
            self.statements[sql] += 1
            self.places.setdefault(sql, Counter())[place_of_caller()] += 1
        return execute(sql, params, many, context)

    @property
    def queries(self):
        return self.statements.total()

    @property
    def writes(self):
        return sum(times for sql, times in self.statements.items() if sql.startswith(WRITES))

    def loops(self, most=5):
        """The statements that were repeated most, and the line of the project that asked."""
        return [
            {"times": times, "place": self.places[sql].most_common(1)[0][0], "sql": sql[:200]}
            for sql, times in self.statements.most_common(most)
            if times >= LOOP
        ]


def path_of(filename):
    """The path of a file of the project from the root, past the links in ``site/diptych``."""
    return filename.removeprefix(f"{ROOT}/").removeprefix("site/diptych/")


def place_of_caller():
    """``file:line function`` of the innermost frame that is the project's own."""
    frame = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(OURS):
            relative = path_of(name)
            return f"{relative}:{frame.f_lineno} {frame.f_code.co_name}"
        frame = frame.f_back
    return "Wagtail or Django"


@contextmanager
def counting():
    counter = QueryCounter()
    with connection.execute_wrapper(counter):
        yield counter


@contextmanager
def counting_calls():
    """Give a list of which the only item is how many functions were called, C's as well."""
    calls = [0]

    def count(_frame, event, _argument):
        if event in ("call", "c_call"):
            calls[0] += 1

    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(None)


@dataclass(frozen=True)
class Measurement:
    """One case of a flow: how many queries, of them how many writes, and how long.

    ``milliseconds`` have passed on the clock, ``processor`` is the part of them in which this
    process and its SQLite worked: the better one to compare while other things run.
    """

    case: str
    queries: int | None
    writes: int | None
    processor: float | None
    milliseconds: float
    fastest: float
    slowest: float
    times: int
    loops: tuple

    def as_dict(self):
        return asdict(self)


def measure(case, action, times=20, warm=True, before=None):
    """Run ``action`` once for its queries and ``times`` times for its time, the median.

    ``action`` is called with a number that grows, so that it can do something new each time;
    ``before`` runs ahead of each call and is not measured. With ``warm`` there is one more
    call, first, that is not measured either: it loads what a running process has loaded.
    """
    numbers = iter(range(times + 2))

    def once():
        number = next(numbers)
        if before:
            before()
        start, busy = time.perf_counter(), time.process_time()
        action(number)
        return (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000

    if warm:
        once()
    if before:
        before()
    with counting() as counter:
        action(next(numbers))
    taken, worked = zip(*(once() for _each in range(times)), strict=True)
    return summarise(case, taken, worked, counter)


def summarise(case, taken, worked=(), counter=None):
    """A measurement from the milliseconds ``taken``, and those ``worked`` by this process.

    Without queries and work where another process did them.
    """
    return Measurement(
        case=case,
        queries=counter.queries if counter else None,
        writes=counter.writes if counter else None,
        processor=round(statistics.median(worked), 2) if worked else None,
        milliseconds=round(statistics.median(taken), 2),
        fastest=round(min(taken), 2),
        slowest=round(max(taken), 2),
        times=len(taken),
        loops=tuple(counter.loops()) if counter else (),
    )
