"""The tiers of tests, each a marker: what is slow is left out by `make test`."""

import pytest

#: Markers of the tiers that `make test` leaves out; pyproject.toml describes each.
SLOW = (
    "e2e",
    "postgresql",
    "wheel",
    "hosts",
    "processes",
    "servers",
    "demo",
    "matrix",
    "adversarial",
    "odd",
    "rare",
    "scale",
)


def one_of(values, tier):
    """Parameters for tests or fixtures: ``values``, all but the first in the slow ``tier``."""
    first, *others = values
    return [first, *(pytest.param(each, marks=getattr(pytest.mark, tier)) for each in others)]


def one_row_of(rows, tier):
    """Rows of several parameters: ``rows``, all but the first in the slow ``tier``."""
    first, *others = rows
    return [first, *(pytest.param(*each, marks=getattr(pytest.mark, tier)) for each in others)]
