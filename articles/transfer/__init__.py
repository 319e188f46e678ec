"""Import from WordPress and Markdown, and export. An optional application.

Begin with ``wordpress.importing``, ``markdown.importing`` or ``static_site.exporting``; ``records``
stores the results of earlier imports.
"""
