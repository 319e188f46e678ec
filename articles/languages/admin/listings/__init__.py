"""Lists of pages with the state of each language: columns, filters, search, exports, reports.

Begin with ``explorer``; ``base`` has the classes for lists of one page type.
"""
