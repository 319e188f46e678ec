"""Search for readers, in one language at a time.

Texts are read, folded and stemmed here, once for every database (``analysis``); a database only
says which entries have the stems (``matching``); the order is made here again (``ranking``). So
every database finds the same, and shows it in the same order.
"""
