"""Feeds of the journal, of each topic and of each author, in each language and three formats.

The whole text of an article is in them, with its pictures, rendered by the theme's templates and
made plain. A feed holds what any visitor may read in the language of its address.
"""
