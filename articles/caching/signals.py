"""Signals of the invalidation log."""

from django.dispatch import Signal

#: Sent after the commit of a transaction that invalidated ``tags``.
versions_raised = Signal()

#: Sent when this process has read new rows of the log; ``tags`` are all invalidated tags.
changes_seen = Signal()
