"""Likely faults of a translation, found by comparing it with its source: hints, never refusals.

Imports what is known of languages. Begin with ``finding``; ``models`` keeps what
somebody has hidden, terms of the glossary included.
"""
