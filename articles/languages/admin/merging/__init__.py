"""Two people’s changes of one draft: the form that merges them, and its messages.

Begin with ``form``; the three-way merge is in ``translations/merging/parts.py``.
"""
