"""Dates at which a language is published or unpublished. Begin with ``scheduling``.

``whole_page`` has the dates of whole pages, which Wagtail's own command carries out.
"""
