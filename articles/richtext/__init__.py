"""Rich text: its fields, footnotes and passages in another language; the editor is in ``admin``.

Imports ``caching`` and the engine. Begin with ``fields``.
"""
