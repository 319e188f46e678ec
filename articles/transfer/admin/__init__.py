"""Imports in the admin: the form, the run in the background, the report. Begin with ``views``."""
