"""The translation of a page: its units, their sources, their progress and their comments.

Imports ``permissions`` and the rooms below. Begin with ``units``, then ``provenance``.
"""
