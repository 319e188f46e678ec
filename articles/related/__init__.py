"""Related articles by editors’ picks and by likeness. An application, optional.

Begin with ``selection``; ``models`` has what is stored of each text.
"""
