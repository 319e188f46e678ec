"""Queries for lists of articles, cards, the front page, the archive and print issues.

Imports ``blocks``, ``images``, ``caching``, ``linguistics`` and the engine; no model imports a
screen through it. Begin with ``querysets`` and ``article_lists``.
"""
