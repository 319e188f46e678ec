"""Related articles by editors’ picks and by similarity. An optional application.

Begin with ``selection``; ``models`` has the stored data of each text.
"""
