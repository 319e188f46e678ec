"""A journal taken in from WordPress and Markdown, and given out. An application, optional.

Begin with ``wordpress.importing``, ``markdown.importing`` or ``static_site.exporting``; ``records``
knows what was imported before.
"""
