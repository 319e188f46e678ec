"""Folders of Markdown, read and written.

From a folder to pages: ``importing`` runs it; ``folder`` and ``layout`` find the texts,
``front_matter`` and ``values`` read their fields, ``parser``, ``reading`` and ``tables`` make
blocks, ``reading_rich_text`` what stands within them, ``places``, ``files`` and ``drafts`` store
them. From pages to a folder: ``exporting``, ``writing`` and ``inline``. Both: ``data``, blocks that
Markdown has no form for, and ``settings``.
"""
