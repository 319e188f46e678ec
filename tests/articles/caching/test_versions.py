"""The log of changes: the tags a transaction invalidates, and the log of each process."""

import threading
import time

import pytest
from django.core.signals import request_finished, request_started
from django.db import InterfaceError, connection, transaction
from django.utils import timezone
from wagtail.models import Site

from diptych.articles.caching import versions
from diptych.articles.caching.models import Change
from diptych.articles.caching.versions import (
    MAX_ROWS,
    MAX_TAGS,
    ProcessState,
    current_log,
    depends_on,
    invalidate_tags,
    prune,
    recording,
    retention,
    versions_of,
)
from tests.factories import make_journal

pytestmark = pytest.mark.usefixtures("committed")


def tags_raised():
    return [set(change.tags.split()) for change in Change.objects.order_by("at")]


def test_token_differs_once_a_tag_is_raised():
    before, other = versions_of(["page:1", "menu"]), versions_of(["page:2"])
    invalidate_tags("page:1")
    assert versions_of(["page:1", "menu"]) != before
    assert versions_of(["page:2"]) == other


@pytest.mark.parametrize("raised", ["everything", "page:*"])
def test_all_of_a_kind_are_raised_at_once(raised):
    before = versions_of(["page:1"])
    invalidate_tags(raised)
    assert versions_of(["page:1"]) != before


def test_one_row_for_each_transaction():
    with transaction.atomic():
        invalidate_tags("page:1")
        invalidate_tags("page:1", "menu")
    invalidate_tags("page:2")
    assert tags_raised() == [{"page:1", "menu"}, {"page:2"}]


def test_rolled_back_with_its_transaction():
    before = versions_of(["page:1"])
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        invalidate_tags("page:1")
        raise ZeroDivisionError
    assert (tags_raised(), versions_of(["page:1"])) == ([], before)


def test_raised_again_after_a_savepoint_is_rolled_back():
    with transaction.atomic():
        invalidate_tags("menu")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            invalidate_tags("page:1", "page:2")
            raise ZeroDivisionError
        invalidate_tags("page:1")
    assert set().union(*tags_raised()) == {"menu", "page:1"}


def test_savepoint_rolled_back_keeps_what_was_raised_before_it():
    with transaction.atomic():
        invalidate_tags("page:1")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            invalidate_tags("page:2")
            raise ZeroDivisionError
    assert tags_raised() == [{"page:1"}]


def test_many_tags_raise_all_of_their_kind():
    with transaction.atomic():
        for pk in range(MAX_TAGS + 1):
            invalidate_tags(f"page:{pk}")
        invalidate_tags("menu", "page:7000")
    assert tags_raised() == [{"page:*", "menu"}]


def test_nothing_is_shared_from_within_a_transaction():
    before = versions_of(["page:1"])
    with transaction.atomic():
        invalidate_tags("page:1")
        token = versions_of(["page:1"])
        assert token not in (before, versions_of(["page:1"]))
    assert versions_of(["page:1"]) not in (before, token)


def test_a_request_keeps_to_one_state_of_the_log(django_assert_num_queries):
    request_started.send(sender=None)
    with django_assert_num_queries(1):
        before = versions_of(["page:1"])
        assert versions_of(["page:1", "page:2"])[:3] == before[:3]
    Change.objects.create(tags="page:1")
    assert versions_of(["page:1"]) == before
    request_finished.send(sender=None)
    assert versions_of(["page:1"]) != before


def test_a_request_that_raises_sees_it_itself():
    request_started.send(sender=None)
    before = versions_of(["page:1"])
    invalidate_tags("page:1")
    assert versions_of(["page:1"]) != before
    request_finished.send(sender=None)


def test_a_request_shares_nothing_that_is_not_committed():
    request_started.send(sender=None)
    before = versions_of(["page:1"])
    with transaction.atomic():
        invalidate_tags("page:1")
        assert versions_of(["page:1"]) != before
    request_finished.send(sender=None)


def test_another_process_sees_it():
    other = ProcessState()
    before = other.refresh().versions_of(["page:1"])
    invalidate_tags("page:1")
    assert other.refresh().versions_of(["page:1"]) != before


@pytest.mark.parametrize(
    ("tag", "queries"), [("page:1", 0), ("page:*", 1), ("menu", 1), ("everything", 1)]
)
def test_where_sites_start_is_asked_again_after_changes_of_front_pages(
    tag, queries, django_assert_num_queries
):
    other = ProcessState()
    other.refresh()
    Site.get_site_root_paths()
    invalidate_tags(tag, "list:fr")
    other.refresh()
    with django_assert_num_queries(queries):
        Site.get_site_root_paths()


def test_a_front_page_with_tags_of_its_own_is_in_menus_too(monkeypatch):
    journal = make_journal()
    home = type(journal.home)
    monkeypatch.setattr(home, "cache_tags", lambda page: {"own"}, raising=False)
    other = ProcessState()
    before = other.refresh().versions_of(["menu"])
    journal.home.slug = "elsewhere"
    journal.home.save()
    assert other.refresh().versions_of(["menu"]) != before


def test_rows_that_become_visible_late_are_seen():
    """Their keys are in no order, as those of transactions that end in another one are."""
    other = ProcessState()
    Change.objects.create(id=20, tags="page:1")
    before = other.refresh().versions_of(["page:1"])
    Change.objects.create(id=10, tags="page:1")
    assert other.refresh().versions_of(["page:1"]) != before


def test_pruned_rows_change_no_token():
    Change.objects.create(tags="page:1", at=timezone.now() - 2 * retention())
    before = versions_of(["page:1"])
    prune()
    assert not Change.objects.exists()
    assert versions_of(["page:1"]) == before


def test_changes_prune_the_log(monkeypatch):
    monkeypatch.setattr(versions, "ROWS_BETWEEN_PRUNINGS", 1)
    Change.objects.create(tags="page:1", at=timezone.now() - 2 * retention())
    invalidate_tags("page:2")
    assert tags_raised() == [{"page:2"}]


def test_process_that_slept_through_a_change_and_its_pruning_knows_it(monkeypatch):
    other, now = ProcessState(), time.monotonic
    before = other.refresh().versions_of(["page:1"])
    Change.objects.create(tags="page:1", at=timezone.now() - 2 * retention())
    prune()
    assert other.refresh().versions_of(["page:1"]) == before
    monkeypatch.setattr(versions.time, "monotonic", lambda: now() + retention().total_seconds())
    after = other.refresh().versions_of(["page:1"])
    assert after != before
    assert other.refresh().versions_of(["page:1"]) == after


def test_too_many_rows_become_one_that_raises_everything():
    Change.objects.bulk_create(Change(tags="page:2") for _each in range(MAX_ROWS + 1))
    before = versions_of(["page:1"])
    prune()
    assert tags_raised() == [{"everything"}]
    assert versions_of(["page:1"]) != before


def test_unreadable_log_lets_nothing_be_shared(monkeypatch, caplog):
    monkeypatch.setattr(versions, "FINGERPRINT_SQL", "SELECT COUNT(*), SUM(id) FROM no_table")
    assert versions_of(["page:1"]) != versions_of(["page:1"])
    assert current_log() is None
    assert caplog.text.count("cannot be read") == 1


def test_closed_connection_lets_nothing_be_shared(monkeypatch, caplog):
    def fail(_connection):
        raise InterfaceError("connection already closed")

    monkeypatch.setattr(versions, "_fingerprint", fail)
    assert versions_of(["page:1"]) != versions_of(["page:1"])
    assert current_log() is None
    assert caplog.text.count("cannot be read") == 1


def test_each_time_that_the_log_cannot_be_read_is_logged(monkeypatch, caplog):
    for _time in range(2):
        with monkeypatch.context() as patched:
            patched.setattr(versions, "FINGERPRINT_SQL", "SELECT COUNT(*), SUM(id) FROM no_table")
            assert current_log() is None
        assert current_log() is not None
    assert caplog.text.count("cannot be read") == 2


def test_nothing_is_written_before_the_log_is_migrated(monkeypatch):
    monkeypatch.setattr(versions, "with_table", set())
    monkeypatch.setattr(connection.introspection, "table_names", list)
    invalidate_tags("page:1")
    assert not Change.objects.exists()


def test_tags_used_by_a_rendering_are_recorded():
    depends_on("page:9")
    with recording() as tags:
        depends_on("page:1")
        versions_of(["menu"])
    depends_on("page:8")
    assert tags == {"page:1", "menu"}


def test_threads_agree_on_what_was_raised():
    stale = []

    def read():
        before = versions.process_state.refresh().versions_of(["page:1"])
        for _each in range(20):
            token = versions.process_state.refresh().versions_of(["page:1"])
            if token < before:
                stale.append(token)
            before = token
        connection.close()

    threads = [threading.Thread(target=read) for _each in range(3)]
    for thread in threads:
        thread.start()
    for _each in range(10):
        invalidate_tags("page:1")
    for thread in threads:
        thread.join()
    assert not stale
    assert versions.process_state.refresh().counters["page:1"] == 10
