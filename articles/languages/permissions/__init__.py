"""Permissions per language, their groups, and what is logged of their changes.

Begin with ``policy``.
"""
