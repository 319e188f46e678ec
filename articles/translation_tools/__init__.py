"""Files for translators' own programs: XLIFF and PO, out and in again.

Imports the engine alone, and could be deleted. Begin with ``exporting`` and ``importing``;
``segments`` cuts a unit into what translators see, ``formats`` reads and writes files.
"""
