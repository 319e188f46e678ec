"""Querysets of pages by language, and the indexes in the database that find them.

Imports ``models`` and ``config``. Begin with ``querysets``.
"""
