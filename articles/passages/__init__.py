"""Passages in another language than the text they stand in: ``<span lang="de">…</span>``.

Screen readers pronounce them as that language, browsers divide their words by its rules, and the
typography of the page leaves them to their own.
"""
