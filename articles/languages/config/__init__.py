"""The declarations of a project: languages, columns, translated fields and their content.

Imports Wagtail, Django and modeltranslation, nothing else of the engine. Begin with
``language_config``, then ``fields``.
"""
