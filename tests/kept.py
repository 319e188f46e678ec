"""What a process keeps in memory, within the transaction of a test."""

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diptych.articles.caching.models import Change
from diptych.articles.caching.storage import memory, typed
from diptych.articles.caching.versions import process_state


def read_log():
    """Let this process know what the test has changed, as if that were committed.

    Within a transaction that has changed something, nothing is kept in memory. What is still to be
    done on commit is dropped, or the next change would count as one with the last.
    """
    connection.run_on_commit = []
    rows = Change.objects.values_list("pk", "tags")
    process_state.log = process_state.log.with_rows(
        {pk: frozenset(tags.split()) for pk, tags in rows}
    )


def forget_pages():
    """Empty the page cache, so that the next answers are rendered."""
    cache.clear()
    memory.clear()
    typed.clear()


def warm_up(ask):
    """Call ``ask`` until this process keeps in memory what it may, as one does that has served.

    The first time of all has the settings made, which is a change. The page cache is empty
    afterwards: what is asked for next is rendered.
    """
    ask()
    read_log()
    forget_pages()
    ask()
    forget_pages()


def statements_of(ask):
    """The SQL that calling ``ask`` executes, without savepoints, which are those of the test."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    found = [query["sql"] for query in captured]
    return [sql for sql in found if not sql.startswith(("SAVEPOINT", "RELEASE"))]


def noted_calls(monkeypatch, owner, name, note):
    """Note the calls of a method; returns a function that returns the new notes.

    ``note`` makes a note of the arguments of a call.
    """
    notes, method = [], getattr(owner, name)

    def noting(*given):
        notes.append(note(*given))
        return method(*given)

    def new_notes():
        found = list(notes)
        notes.clear()
        return found

    monkeypatch.setattr(owner, name, noting)
    return new_notes
