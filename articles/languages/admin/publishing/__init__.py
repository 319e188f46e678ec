"""Publishing in the editor and in lists: confirmation, messages, dates, links to drafts.

Begin with ``confirmation``.
"""
