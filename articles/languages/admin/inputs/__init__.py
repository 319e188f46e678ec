"""Inputs of forms, and how what was posted in them is read.

Imports ``config`` only. Begin with ``malformed``.
"""
