"""Likely faults of a translation, found by comparing it with its source: hints, never refusals.

Imports what is known of languages. Begin with ``finding``; ``numbers`` reads those of both texts.
"""
