"""Permissions per language and their groups; log entries for permissions, accounts and files.

Begin with ``policy``.
"""
