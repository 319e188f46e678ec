"""Formats of a project in English."""
