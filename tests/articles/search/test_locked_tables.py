"""SQLite locks no single tables: what happens while one is locked is tried on PostgreSQL."""

from pathlib import Path

import pytest

from tests.postgresql import need_postgresql, run_tests


@pytest.mark.postgresql
def test_a_locked_table_of_a_search_holds_no_change():
    need_postgresql()
    steps = Path(__file__).with_name("locked_tables.py")
    assert run_tests("-q", "-n0", str(steps)).returncode == 0
