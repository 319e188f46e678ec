"""The concordance: where a word or a sentence was translated before, and how.

A projection of all aligned passages that can be rebuilt at any time; the record of each page stays
the truth. Begin with ``models`` and ``searching``. ``passages`` reads the pairs of a page,
``updating`` follows changes, ``inverted_index`` finds words.
"""
