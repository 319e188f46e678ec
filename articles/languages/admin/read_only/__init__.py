"""Fields that users may not edit, removed from forms and rendered instead.

Begin with ``fields``.
"""
