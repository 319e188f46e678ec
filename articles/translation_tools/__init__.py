"""Tools for translators: files for their own programs, drafts, a glossary and likely faults.

Imports the engine and what is known of languages, and could be deleted. Of files, begin with
``exporting`` and ``importing``; ``segments`` cuts a unit into what translators see, ``formats``
reads and writes files. ``glossary``, ``machine`` and ``faults`` are rooms of their own.
"""
