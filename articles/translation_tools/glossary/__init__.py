"""The glossary: what a concept is called in each language, and which words are not used for it.

Begin with ``models`` and ``matching``, which finds the terms of a passage. ``files`` reads and
writes CSV and TBX, ``importing`` compares a file with what is stored.
"""
