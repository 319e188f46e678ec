"""Every screen of the engine. Each folder is a screen; what all share stands here.

Imports everything of the engine but ``checks``, ``urls``, ``adoption``, ``removal`` and ``bin``.
"""
