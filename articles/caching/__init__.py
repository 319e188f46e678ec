"""What is kept in memory and on disk, and the tags by which it becomes stale.

An application; imports the engine only. Begin with ``versions``, then ``middleware``.
"""
