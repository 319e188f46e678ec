"""Caches in front of the site, and copies in browsers.

Imports the models and the layers below. Begin with ``purging``; ``caching`` stores the pages
themselves.
"""
