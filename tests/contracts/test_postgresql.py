"""What depends on the database: the same tests, with the same answers, on PostgreSQL."""

import pytest

from tests.postgresql import need_postgresql, run_tests

#: Tests that a host on PostgreSQL relies on more than others, and the tiers left out.
TESTS = {"tests/articles/search": "", "tests/articles/caching": "not slow"}


@pytest.mark.postgresql
@pytest.mark.parametrize("folder, tiers", TESTS.items())
def test_it_is_the_same_on_postgresql(folder, tiers):
    need_postgresql()
    done = run_tests("-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-m", tiers, folder)
    assert done.returncode == 0
