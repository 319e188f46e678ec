"""Checks of alternative texts and captions, and the table of what they find.

``faults`` has the checks, ``places`` the pictures of a page, and ``stored_problems`` writes the
rows of the report when pages and images are saved. The other modules use no model. What differs
from language to language is in ``articles/linguistics/languages``.
"""
