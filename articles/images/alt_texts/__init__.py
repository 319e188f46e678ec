"""Checks of alternative texts and captions.

Except for :mod:`.places`, the modules use no model. A further language needs an entry in the
tables of :mod:`.language_detection` and :mod:`.machine_made`.
"""
