"""Machine-readable contents: feeds, API, sitemaps, citations.

Imports the models and the layers below.
"""
