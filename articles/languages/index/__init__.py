"""Querysets of pages by language, and what the database keeps to find them.

Imports ``models`` and ``config``. Begin with ``querysets``.
"""
