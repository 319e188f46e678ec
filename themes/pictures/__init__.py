"""Pictures on pages: their places (``slots``), renditions, ``<picture>`` sources, embedded
media.
"""
