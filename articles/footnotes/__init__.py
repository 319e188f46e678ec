"""Footnotes, written where they are called for.

A note is part of the rich text it belongs to, ``Freezing<footnote> See <i>Ice</i>.</footnote>``:
whatever happens to the text happens to its notes, be it a translation, a draft, a version or
two people who write at once. They are numbered where they are shown.
"""
