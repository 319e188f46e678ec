"""What a process keeps in memory, within the transaction of a test."""

from django.db import connection

from articles.caching.models import Change
from articles.caching.versions import process


def read_log():
    """Let this process know what the test has changed, as if that were committed.

    Within a transaction that has changed something, nothing is kept in memory. What is still to be
    done on commit is dropped, or the next change would count as one with the last.
    """
    connection.run_on_commit = []
    rows = Change.objects.values_list("pk", "tags")
    process.log = process.log.with_rows({pk: frozenset(tags.split()) for pk, tags in rows})
