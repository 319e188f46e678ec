"""Languages of a page are made public and taken back here, and nowhere else.

Imports ``routes`` and the rooms below. Begin with ``service``, which every way of publishing calls;
``pages`` has the mixin of page types, ``readiness`` decides which texts may go live.
"""
