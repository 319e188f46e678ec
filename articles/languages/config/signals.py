"""Signals of the engine, for applications that keep derived data."""

from django.dispatch import Signal

#: The rows of ``page`` have been written, within the transaction that changed it: ``rows`` by
#: language, and ``text_changed``, whether the text of the page may be another now.
rows_written = Signal()

#: The addresses of live pages in ``language`` have changed, within the transaction: their primary
#: keys are ``page_ids``.
addresses_moved = Signal()

#: Pages have become private or public, within the transaction: ``pages`` are their primary keys.
privacy_changed = Signal()

#: All rows have been rebuilt; values derived from them may be wrong.
rows_rebuilt = Signal()

#: The settings name other languages than before, which ``migrate`` has noticed.
languages_changed = Signal()

#: There is a site more or less, or one starts at another page; the rows are written already.
sites_changed = Signal()

#: ``page`` has been published, within the transaction. ``languages`` maps each language in which
#: readers see something new to whether it is live for the first time; ``revision`` is the one
#: published, ``user`` who has published it, or ``None`` at a date and in code that names nobody;
#: ``scheduled_by`` who had set the date at which it was published, or ``None``.
languages_published = Signal()

#: ``page`` has been taken offline in ``languages``, within the transaction, by ``user`` or by
#: nobody who is known (``None``).
languages_unpublished = Signal()

#: ``page`` could not be published at its date in ``languages``: ``reason`` is the message, ``user``
#: who had set the date, or ``None``.
publication_refused = Signal()

#: A text is rendered that links to pages, whose primary keys are ``page_ids``: it contains their
#: addresses, if readers can open them.
links_rendered = Signal()

#: The timer purges what is left to be purged from the caches in front of the site.
purges_due = Signal()

#: The timer takes up work that was broken off.
work_due = Signal()
