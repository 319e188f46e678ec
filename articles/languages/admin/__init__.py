"""Every screen of the engine: a folder for each, shared modules beside them.

Imports everything of the engine but ``checks``, ``urls``, ``adoption`` and ``removal``.
"""
