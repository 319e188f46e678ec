"""The appearance of a site: registered themes, tokens, colours, typefaces, stylesheets.

Begin with ``registry`` and ``appearance``.
"""
