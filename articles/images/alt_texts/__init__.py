"""Checks of alternative texts and captions.

Except for :mod:`.places`, the modules use no model. What differs from language to language is in
``articles/linguistics/languages``.
"""
