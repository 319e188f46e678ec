"""The worklist of translators: open translations and their assignments.

Begin with ``views``.
"""
