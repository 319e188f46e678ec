"""Feeds of the journal, of each topic and of each author, in each language and three formats.

They hold the full text of articles with images, rendered by the templates of the theme and
simplified; only articles visible to all visitors in the language of the URL.
"""
