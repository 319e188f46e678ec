"""Tools for translators: files for their own programs, XLIFF and PO, and a glossary.

Imports the engine and what is known of languages, and could be deleted. Of files, begin with
``exporting`` and ``importing``; ``segments`` cuts a unit into what translators see, ``formats``
reads and writes files. ``glossary`` is a room of its own.
"""
