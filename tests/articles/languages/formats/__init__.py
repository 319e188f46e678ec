"""Formats of a project, a module for each language."""
