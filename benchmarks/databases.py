"""The databases that a journal can be measured in, each started for as long as it is needed."""

import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def sqlite():
    """The file in the folder of the benchmark, which the settings name by themselves."""
    yield ""


def postgresql():
    sys.path[:0] = [str(ROOT)]
    from tests.postgresql import running_postgresql

    return running_postgresql()


DATABASES = {"sqlite": sqlite, "postgresql": postgresql}
