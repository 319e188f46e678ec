"""Which articles stand where: lists, cards, front page, archive, neighbours, print issues.

Imports ``blocks``, ``images``, ``caching``, ``linguistics`` and the engine; no model imports a
screen through it. Begin with ``querysets`` and ``article_lists``.
"""
