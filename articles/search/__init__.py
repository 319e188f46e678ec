"""Full-text search for readers, in one language at a time; an optional application.

Written by ``documents`` and ``indexing``; read by ``views``, which go through ``query_parser``,
``searching``, ``inverted_index`` (the one part that differs between databases), ``ranking``,
``results`` and ``snippets``. ``vocabulary`` has the words in use.
"""
