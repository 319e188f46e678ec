"""Signals of the log of changes."""

from django.dispatch import Signal

#: ``tags`` have been raised by a transaction that is committed now.
versions_raised = Signal()

#: This process has learned of changes, perhaps made by another: ``tags`` are all that were raised.
changes_seen = Signal()
