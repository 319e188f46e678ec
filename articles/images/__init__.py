"""The image model, alternative texts, uploads and renditions; their screens are in ``admin``.

Imports ``richtext``, ``caching`` and the engine. Begin with ``models``.
"""
