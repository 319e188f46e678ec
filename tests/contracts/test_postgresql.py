"""Search on PostgreSQL: the same tests, with the same answers, as on SQLite."""

import pytest

from tests.postgresql import need_postgresql, run_tests

#: Tests that a host on PostgreSQL relies on more than others.
TESTS = ("tests/articles/search",)


@pytest.mark.postgresql
def test_search_is_the_same_on_postgresql():
    need_postgresql()
    done = run_tests("-q", "-p", "no:randomly", "-p", "no:cacheprovider", *TESTS)
    assert done.returncode == 0
