"""The translation of a page: its units, their sources, their progress and their comments.

Imports ``models`` and ``config``. Begin with ``units``, then ``provenance``, which compares a
translation with its source; ``progress`` computes the state that lists show.
"""
