"""Screens of the bin: the question before a deletion, the list, restoring, deleting for good."""
