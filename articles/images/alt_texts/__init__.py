"""Alternative texts: what may be wrong with one, judged by its words alone.

Pure functions that know no model. The tables of words are data: a further language needs a
line in :mod:`.spoken` and one in :mod:`.machine_made`.
"""
