"""Screens for articles, authors, topics, series and print issues: lists, pickers, front page.

Begin with ``articles``; ``panels`` of page types are with the models.
"""
