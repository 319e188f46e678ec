"""The translation of a page: its units, their sources, their progress and their comments.

Imports ``models`` and ``config``. Begin with ``units``, then ``provenance`` (the stored record),
``marking`` (what changes it) and ``comparing`` (a translation beside its source); ``progress``
computes the state that lists show.
"""
