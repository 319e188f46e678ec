"""Permissions per language, their groups, and the log of their changes.

Begin with ``policy``.
"""
