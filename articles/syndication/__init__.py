"""The journal for programs: feeds, API, sitemaps, citations.

Imports the models and what is below.
"""
