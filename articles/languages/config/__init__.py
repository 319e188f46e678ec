"""The declarations of a project: languages, columns, translated fields and their content.

Imports Wagtail and Django, nothing else of the engine. Begin with ``language_config``, then
``fields``.
"""
