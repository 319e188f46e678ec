"""Caches in memory and on disk, and the tags that invalidate them.

An application; imports the engine only. Begin with ``versions``, then ``middleware``.
"""
