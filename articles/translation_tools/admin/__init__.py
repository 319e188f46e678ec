"""The screens: files of a page, and what becomes of one that is taken in."""
