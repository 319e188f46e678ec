"""What stands between the site and its readers: caches in front of it, copies in browsers.

Imports the models and what is below. Begin with ``purging``; ``caching`` keeps the pages
themselves.
"""
